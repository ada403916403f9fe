/** Drives the core as a counter would: presses keys on the page that is shown, hands in what devices and host say. */
import type { AmountGuard } from '#core/guard/amount-check.ts'
import type { DownloadName } from '#core/link/chore.ts'
import { minor } from '#core/money.ts'
import { decide } from '#core/terminal/decide.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody, Key } from '#core/terminal/event.ts'
import { breaches } from '#core/terminal/invariants.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import type { CardFacts } from '#core/transaction/tender.ts'

export const SETUP: Setup = {
  merchantName: { 'zh-CN': '示范店', en: 'Demo Shop' },
  merchantNumber: '898100012345678',
  terminalNumber: '10000001',
  acquirerName: '银联',
  currency: '156',
  hotline: '400',
  drill: false,
  locale: { counter: 'zh-CN', customer: 'zh-CN' },
  operators: [{ number: '01', role: 'cashier' }],
  limits: {
    maxAmountMinor: minor(5_000_000),
    contactlessNoPinMinor: minor(100_000),
    presentTimeoutMs: 90_000,
    pinTimeoutMs: 60_000,
  },
  slips: { copies: ['merchant', 'cardholder'], tearTimeoutMs: 15_000 },
  host: {
    replyTimeoutMs: 30_000,
    approvals: ['00', '11'],
    reversalDone: ['00', '12', '25'],
    signOnAgain: ['77', '99', 'A0'],
    reversalRetryMs: 10_000,
    linkRetryMs: 10_000,
  },
}

/** Looks twice at what is unlike a hundred sales; no sum wants a second person. */
export const AMOUNT_GUARD: AmountGuard = {
  enoughSales: 100,
  unusualBelow: 5,
  unusualAbove: 10,
  edgeBelow: 20,
  edgeAbove: 30,
  secondPersonAboveMinor: null,
  lookMs: 800,
}

/** Of an acquirer that can be asked about payments by code. */
export const CODE_QUERY = {
  everyMs: 5_000,
  tries: 6,
  cancelAfterMs: 15_000,
  cancelsBeforeHelp: 3,
  paying: ['09'],
  open: ['96'],
  notPaid: ['51'],
}

/** 2026-11-21 12:00:00 in China. */
export const NOON = Date.UTC(2026, 10, 21, 4)

type Mac = HostReply['mac']
type Told = readonly Effect[]

export type Counter = {
  readonly tell: (event: EventBody) => Told
  readonly press: (...keys: Key[]) => Told
  readonly state: () => TerminalState
  readonly step: () => TerminalState['step']['kind']
  readonly said: () => string | null
  readonly dos: () => readonly Effect['do'][]
  /** Started, first PIN chosen, signed in, signed on, devices well: ready to sell. */
  readonly open: () => void
  /** An amount in whole yuan, confirmed; the customer may present. */
  readonly ask: (yuan: number) => Told
  readonly presentCard: (card?: Partial<CardFacts>) => Told
  readonly presentCode: (fingerprint?: string) => Told
  /** The host's answer to the request that is out. */
  readonly reply: (change?: Record<string, string>, mac?: Mac, mti?: string) => Told
  readonly replyToReversal: (code: string, mac?: Mac) => Told
  /** Time goes by, and nothing happens. */
  readonly pass: (ms: number) => void
  /** Power off and on again: what was on disk is `state`. */
  readonly restart: (keysReady?: boolean) => Told
}

/** Accounts of people who have chosen their PINs. */
export function withPins(people: Setup['operators']): TerminalState['operators'] {
  return people.map((one) => ({ ...one, credential: 'salt:hash', wrongTries: 0, lockedUntil: 0 }))
}

export function counterFrom(first: TerminalState = initialState(), setup: Setup = SETUP): Counter {
  let state = first
  let at = NOON
  let effects: readonly Effect[] = []
  const tell = (event: EventBody): readonly Effect[] => {
    const before = state
    const decision = decide(before, { ...event, at: (at += 10) })
    state = decision.state
    effects = decision.effects
    const broken = breaches(before, state)
    if (broken.length > 0) throw new Error(`${event.type}: ${broken.join(', ')}`)
    return effects
  }
  const press = (...keys: Key[]): readonly Effect[] => {
    for (const key of keys) tell({ type: 'keyPressed', page: pageName(state), key })
    return effects
  }
  return {
    tell,
    press,
    state: () => state,
    step: () => state.step.kind,
    said: () => state.message?.key ?? null,
    dos: () => effects.map((effect) => effect.do),
    open: () => {
      tell({ type: 'started', setup, keysReady: false })
      for (const device of ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const) {
        tell({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
      }
      if (state.step.kind === 'setPin') {
        tell({
          type: 'operatorPinChosen',
          page: pageName(state),
          operator: '01',
          credential: 'salt:hash',
        })
      }
      tell({ type: 'operatorChecked', page: pageName(state), operator: '01', correct: true })
      tell({ type: 'signedOn', batch: '000001' })
    },
    ask: (yuan: number) => press(...String(yuan).split('').map(digitKey), 'confirm', 'confirm'),
    presentCard: (card: Partial<CardFacts> = {}) => {
      const read = state.step.kind === 'present' ? state.step.read : -1
      return tell({ type: 'cardPresented', read, card: { ...TAPPED_CARD, ...card } })
    },
    presentCode: (fingerprint = 'F1') =>
      tell({
        type: 'codeAccepted',
        code: { handle: 'code-1', channel: 'wechat', masked: '**************6741', fingerprint },
      }),
    reply: (
      change: Record<string, string> = {},
      mac: 'good' | 'bad' | 'absent' = 'good',
      mti = '0210',
    ) => {
      const stan = requestOut(state)
      return tell({
        type: 'hostReplied',
        stan,
        reply: { mti, mac, fields: { ...approvalFields(state), ...change } },
      })
    },
    replyToReversal: (code: string, mac: 'good' | 'bad' | 'absent' = 'good') => {
      const owed = state.reversal
      const fields = { '11': owed?.stan ?? '', '41': SETUP.terminalNumber, '39': code }
      return tell({
        type: 'reversalReplied',
        reversal: owed?.id ?? '',
        reply: { mti: '0410', mac, fields },
      })
    },
    pass: (ms) => {
      at += ms
    },
    restart: (keysReady = true) => tell({ type: 'started', setup, keysReady }),
  }
}

export const TAPPED_CARD: CardFacts = {
  handle: 'card-1',
  interface: 'contactless',
  masked: '622202*********0012',
  fingerprint: 'C1',
  serviceCode: '220',
  panSequence: '001',
  emv: '',
  reversalEmv: '',
  chip: [],
  verification: 'none',
  label: 'UICC DEBIT',
  aid: 'A000000333010101',
}

function requestOut(state: TerminalState): string {
  return state.step.kind === 'authorizing' ? state.step.attempt.stan : ''
}

function approvalFields(state: TerminalState): Record<string, string> {
  const amount = state.step.kind === 'authorizing' ? state.step.attempt.amountMinor : 0
  return {
    '3': '000000',
    '4': String(amount).padStart(12, '0'),
    '11': requestOut(state),
    '12': '120001',
    '13': '1121',
    '37': '112112000001',
    '38': 'A12345',
    '39': '00',
    '41': SETUP.terminalNumber,
    '42': SETUP.merchantNumber,
  }
}

export function digitKey(digit: string): Key {
  const keys: Readonly<Record<string, Key>> = {
    0: '0',
    1: '1',
    2: '2',
    3: '3',
    4: '4',
    5: '5',
    6: '6',
    7: '7',
    8: '8',
    9: '9',
  }
  return keys[digit] ?? '.'
}

/** The whole list came and is kept. */
export function ended(download: DownloadName): Extract<EventBody, { type: 'downloadEnded' }> {
  return {
    type: 'downloadEnded',
    download,
    outcome: 'kept',
    code: '',
    entries: 1,
    digest: '',
    replyTimeoutMs: null,
  }
}
