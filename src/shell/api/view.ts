/**
 * What the two screens show, as data. The terminal sends a whole view after every committed change; a screen draws it
 * and sends back actions. A screen decides nothing: every action names the page it answers and the view that it was done on,
 * and an action for what is no longer there is refused.
 */

/** Words come from `config/locales/<locale>.json`: `messages.<key>` has the three parts `what`, `money`, `now`. */
export type Message = { readonly key: string; readonly params: Readonly<Record<string, string>> }

export type Locale = 'zh-CN' | 'en'

/** Which way the money goes; gives the page its colour. */
export type Direction = 'in' | 'out' | 'hold' | 'none'

export type Money = {
  readonly minor: number
  /** `1,234.50` */
  readonly text: string
  /** 一千二百三十四元五角 : the same number in another shape, for both languages. */
  readonly reading: string
}

/** What a till sent: the amount is locked. Absent where the amount was typed. */
export type TillOrderView = {
  readonly reference: string
  readonly lines: readonly {
    readonly name: string
    readonly quantity: number
    /** `1,234.50`, with a minus for a discount. */
    readonly amount: string
  }[]
}

/** A wait with its real deadline, both in milliseconds since 1970 by the terminal's clock; `now` in the view is the same clock. */
export type Wait = { readonly startedAt: number; readonly deadlineAt: number }

/** A named answer other than confirm and cancel; the label is `options.<id>`, the digit is its shortcut key. */
export type Option = { readonly id: string; readonly key: string }

/** Ways to pay, as locale key `means.<means>`. */
export type Means = 'insert' | 'tap' | 'swipe' | 'code'

type SlipState = 'queued' | 'printing' | 'awaitingTear' | 'printed' | 'owed' | 'unsure' | 'waived'
export type SlipView = {
  readonly id: string
  readonly copy: 'merchant' | 'cardholder'
  readonly state: SlipState
}

/** A past transaction; masked. */
export type RecordView = {
  readonly id: string
  readonly trace: string
  readonly at: string
  readonly amount: Money
  readonly channel: string
  readonly last4: string
  readonly outcome: 'approved' | 'notPaid' | 'unknown'
  /** When it is no sale, as locale key `screen.work.<work>`. */
  readonly work?: string
  /** What became of it since, as locale key `screen.standing.<standing>`. */
  readonly standing?: 'voided' | 'completed' | 'refunded' | 'partlyRefunded'
  readonly slips: readonly SlipView[]
  /** How the customer's signature stands, as locale key `screen.signature.<signature>`; absent: there is none, or nobody asks for it. */
  readonly signature?: SignatureStanding
}

/** `givenUp`: it is not sent any more, and a person decides; `onPaper`: somebody still has to see it there. */
type SignatureStanding = 'underWay' | 'notConfirmed' | 'givenUp' | 'acquirer' | 'shop' | 'onPaper'

/** What is taken back or completed, beside what is asked for now: whoever confirms compares the two. */
export type OriginalView = {
  readonly record: RecordView
  /** Already refunded. */
  readonly givenBack: Money
  /** Of the payment, once this has gone back; absent where nothing goes back. */
  readonly left?: Money
}

export type CounterPage =
  | { readonly kind: 'starting' }
  /** The terminal cannot sell; `message` says why and what to do. */
  | { readonly kind: 'outOfService' }
  /** First run: this operator needs a PIN of their own. Two equal entries, then `newPin`. */
  | {
      readonly kind: 'setPin'
      readonly operator: string
      readonly role: 'cashier' | 'supervisor' | 'administrator'
    }
  /** Operator number, then PIN. */
  | { readonly kind: 'signIn' }
  /** Somebody else takes over, with the sale that waits; the same action as `signIn`, and cancel goes back to the sale. */
  | { readonly kind: 'handOver'; readonly amount: Money }
  /** The voucher number of what is to be voided, refunded or completed, or what a record is looked for by; typed so far. */
  | {
      readonly kind: 'findOriginal'
      readonly purpose: 'void' | 'refund' | 'completion' | 'records'
      /** What is typed when it is no voucher number, as locale key `screen.searchBy.<by>`. */
      readonly by?:
        | 'amount'
        | 'last4'
        | 'trace'
        | 'time'
        | 'operator'
        | 'proof'
        | 'reference'
        | 'authCode'
        | 'date'
        | 'badge'
      readonly typed: string
      /** Nothing is looked for: a staff card is given out. */
      readonly about?: 'badge'
      /** The menu key is for the slip of another terminal. */
      readonly elsewhere?: true
    }
  /** A second person is asked for operator number and PIN, then `signIn`. */
  | {
      readonly kind: 'approve'
      readonly amount: Money
      readonly trace: string
      /** Whose staff card was shown: the PIN alone is asked for. */
      readonly operator?: string
      /** No number is enough: a staff card comes first. */
      readonly needsBadge?: true
    }
  /** Count and sum of each kind in the open batch; null until they are known. Confirm settles; `xReport` only shows. */
  | {
      readonly kind: 'totals'
      readonly purpose: 'xReport' | 'settle'
      readonly batch: string
      readonly rows:
        | readonly {
            readonly work: string
            readonly count: number
            readonly amount: Money
            /** What went back to customers. */
            readonly isNegative: boolean
          }[]
        | null
      /** What the shop is owed, and whether it is below zero. */
      readonly net: Money
      readonly isNegative: boolean
    }
  /** Home. Digits typed so far as they stand (`38.5`), empty at first. `mayReprint`: the option `reprintLast` is offered, by a key of its own. */
  | {
      readonly kind: 'amount'
      readonly typed: string
      readonly amount: Money
      readonly mayReprint?: true
    }
  | {
      readonly kind: 'confirmAmount'
      readonly amount: Money
      readonly order?: TillOrderView
      readonly original?: OriginalView
    }
  /** An unusual amount stands for a moment and goes on by itself; cancel takes it back. */
  | { readonly kind: 'lookAtAmount'; readonly amount: Money; readonly wait: Wait }
  /** An unusual amount is keyed once more. The first one is not told, so that nobody copies it. */
  | { readonly kind: 'rekeyAmount'; readonly typed: string; readonly amount: Money }
  /** Card and code at once. */
  | {
      readonly kind: 'present'
      readonly amount: Money
      readonly wait: Wait
      readonly means: readonly Means[]
      /** Another card than the one that paid was shown: why the refund goes to it all the same. */
      readonly options?: readonly Option[]
      /** The digits of a code may be keyed in, as one action `code`. */
      readonly mayType?: true
    }
  /** The code read looks odd (for example like an identity number): take it? */
  | {
      readonly kind: 'confirmCode'
      readonly amount: Money
      readonly channel: string
      readonly last4: string
    }
  | { readonly kind: 'pin'; readonly amount: Money; readonly masked: string; readonly wait: Wait }
  | {
      readonly kind: 'working'
      readonly doing:
        | 'authorizing'
        | 'querying'
        | 'reversing'
        | 'completingCard'
        | 'signingOn'
        | 'settling'
      readonly amount: Money | null
      readonly channel: string
      readonly last4: string
      readonly wait: Wait
      readonly cancelAsked: boolean
    }
  | {
      readonly kind: 'result'
      readonly outcome: 'approved' | 'notPaid' | 'unknown'
      readonly amount: Money
      readonly channel: string
      readonly last4: string
      /** Only where less was paid than was due: `amount` is what was paid. */
      readonly due?: Money
      readonly rest?: Money
      /** STAN, six digits; empty when nothing was sent. */
      readonly trace: string
      readonly slips: readonly SlipView[]
      readonly options: readonly Option[]
    }
  /** `about`: no menu but a question with tiles, as locale key `screen.about.<about>`. */
  | {
      readonly kind: 'menu'
      readonly about?: 'judge' | 'search' | 'elsewhere' | 'incident' | 'closing'
      readonly options: readonly Option[]
    }
  /** A payment was a mistake: the options are what can have been wrong with it. */
  | {
      readonly kind: 'whatWasWrong'
      readonly record: RecordView
      readonly options: readonly Option[]
    }
  /** The shop's own receive code is held under the scanner; `foreign`: the code that hangs there is not the shop's. */
  | { readonly kind: 'checkSticker'; readonly found: 'nothing' | 'foreign' }
  /** What this terminal is set to; the page reads it by itself (`parameters-view.ts`), and may only while this stands. */
  | { readonly kind: 'parameters' }
  /** Open items, oldest first. `about`: no open items, but what went back, to be looked at before a settlement. */
  | {
      readonly kind: 'openItems'
      readonly about?: 'review'
      readonly items: readonly {
        readonly id: string
        readonly message: Message
        readonly options: readonly Option[]
      }[]
      readonly options: readonly Option[]
    }
  /** The last transactions, newest first; masked. */
  | {
      readonly kind: 'records'
      readonly records: readonly RecordView[]
      readonly options: readonly Option[]
    }

/** What the customer can do about a code that was not taken. */
export type CodeHint = 'onePhone' | 'refresh' | 'again' | 'notPayCode'

export type CustomerPage =
  | { readonly kind: 'closed' }
  /** `means`: what the shop takes just now; whoever waits reads it and has the right thing ready. */
  | { readonly kind: 'welcome'; readonly means: readonly Means[] }
  | { readonly kind: 'amount'; readonly amount: Money; readonly order?: TillOrderView }
  | {
      readonly kind: 'present'
      readonly amount: Money
      readonly wait: Wait
      readonly means: readonly Means[]
      /** What was wrong with the code that was held up, as locale key `customer.hint.<hint>`. */
      readonly hint?: CodeHint
    }
  | { readonly kind: 'pin'; readonly amount: Money }
  | { readonly kind: 'wait'; readonly amount: Money }
  /** Paid, and the customer signs. `code` stands behind the signature and belongs to this payment alone. */
  | {
      readonly kind: 'sign'
      readonly amount: Money
      readonly record: string
      readonly code: string
      readonly wait: Wait
    }
  /** The wallet asks for a password on the customer's phone. */
  | { readonly kind: 'walletPassword'; readonly amount: Money }
  | {
      readonly kind: 'result'
      readonly outcome: 'approved' | 'notPaid' | 'unknown'
      readonly amount: Money
    }

export type View = {
  /** Grows with every change. */
  readonly revision: number
  /** Names this page instance; an action quotes it. Changes whenever the question changes. */
  readonly page: string
  /** The terminal's clock when the view was made. */
  readonly now: number
  readonly drill: boolean
  readonly direction: Direction
  /** What is being done when it is no sale, as locale key `screen.work.<work>`. */
  readonly work?: string
  readonly shopName: { readonly 'zh-CN': string; readonly en: string }
  readonly locale: { readonly counter: Locale; readonly customer: Locale }
  readonly strip: {
    /** Number of the operator signed in, empty when none. */
    readonly operator: string
    readonly link: 'up' | 'down' | 'signingOn' | 'signedOff'
    readonly paper: 'ok' | 'nearEnd' | 'out' | 'unknown'
    readonly openItems: number
    /** Standing faults, as locale keys `faults.<key>` with the device in params. */
    readonly faults: readonly Message[]
    /** Another release waits for its moment; told to who answers for the terminal, never to a cashier. */
    readonly releaseWaits?: true
  }
  /** What support asks for on the telephone; `trace` is that of the last transaction, empty for none. */
  readonly support: {
    readonly hotline: string
    readonly merchantNumber: string
    readonly terminalNumber: string
    readonly trace: string
  }
  /** What the cashier is told on this page, or null. */
  readonly message: Message | null
  readonly counter: CounterPage
  readonly customer: CustomerPage
  /** A sound to make once per revision, or null. */
  readonly tone: 'key' | 'refused' | 'confirmed' | 'read' | 'success' | 'fail' | 'unknown' | null
}

export const DIGIT_KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

export type Key =
  | (typeof DIGIT_KEYS)[number]
  | '00'
  | '.'
  | 'backspace'
  | 'clear'
  | 'confirm'
  | 'cancel'
  | 'menu'

/** No wallet's code is longer. */
export const CODE_MAX_DIGITS = 24

/** What somebody did at a screen. */
export type Action =
  | { readonly type: 'key'; readonly page: string; readonly key: Key }
  /** One of the options of the page; `item` names the open item or record it belongs to. */
  | {
      readonly type: 'option'
      readonly page: string
      readonly option: string
      readonly item?: string
    }
  | {
      readonly type: 'signIn'
      readonly page: string
      readonly operator: string
      readonly pin: string
    }
  | {
      readonly type: 'newPin'
      readonly page: string
      readonly operator: string
      readonly pin: string
    }
  /** The digits of a payment code that no scanner reads; whole, and nowhere else. */
  | { readonly type: 'code'; readonly page: string; readonly digits: string }
  | { readonly type: 'locale'; readonly screen: ScreenName; readonly locale: Locale }
  /** The customer's signature (`ink.ts`) for a record; empty: rather on paper. */
  | { readonly type: 'sign'; readonly record: string; readonly ink: string }

export type ScreenName = 'counter' | 'customer'

/** What a screen may send, one JSON object per WebSocket text frame. `hello` comes first and once. */
export type Frame =
  /** `token` is the fragment of the address that the terminal printed. A customer screen may only change its language. */
  | { readonly type: 'hello'; readonly screen: ScreenName; readonly token: string }
  /** `revision` is that of the view on which it was done. */
  | { readonly type: 'act'; readonly revision: number; readonly action: Action }

/** What a customer's screen is told: nothing of operators, open items or earlier sales. */
export type CustomerView = Pick<
  View,
  'revision' | 'now' | 'drill' | 'direction' | 'work' | 'shopName' | 'locale' | 'customer'
>

/** How the screens look and sound, from the configuration. */
export type Look = {
  readonly theme: 'light' | 'dark' | 'contrast' | 'byClock'
  /** Times of the day as `hh:mm`; `to` may be on the next day. Null: sounds at all hours. */
  readonly quietHours: { readonly from: string; readonly to: string } | null
  /** Of tones and voice by day, in hundredths of the loudest. */
  readonly volume: number
  /** Whether amounts and outcomes are spoken. */
  readonly voice: boolean
}

/** What the terminal sends, one JSON object per frame. */
export type Push =
  /** Once, before the first view. */
  | { readonly type: 'look'; readonly look: Look }
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'customerView'; readonly view: CustomerView }
  /** The last frame could not be read; nothing was done. */
  | { readonly type: 'refused'; readonly why: string }
  /** The last action was meant for what is not there any more; nothing was done. */
  | { readonly type: 'stale'; readonly why: StaleReason }

/** The question has changed, or another counter acted on this one first. */
export type StaleReason = 'pageGone' | 'otherCounter'
