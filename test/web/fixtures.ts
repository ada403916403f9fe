/** One view per page and outcome, as the terminal would send it; the gallery draws them all and the tests pick from them. */
import { menuSheet } from '#core/counter/menu-page.ts'
import { closingOptions } from '#core/incident/close.ts'
import type {
  CounterPage,
  CustomerPage,
  Locale,
  Message,
  Money,
  Option,
  View,
} from '#shell/api/view.ts'

export type Fixture = { readonly name: string; readonly view: View }

const NOW = 1_795_000_000_000

export const DINNER: Money = { minor: 3850, text: '38.50', reading: '三十八元五角' }
const LARGEST: Money = {
  minor: 4_999_999,
  text: '49,999.99',
  reading: '四万九千九百九十九元九角九分',
}
/** DE 4 holds no more; it must fit even though no shop allows it. */
const CEILING: Money = {
  minor: 999_999_999_999,
  text: '9,999,999,999.99',
  reading: '九十九亿九千九百九十九万九千九百九十九元九角九分',
}
const REST: Money = {
  minor: 4_996_149,
  text: '49,961.49',
  reading: '四万九千九百六十一元四角九分',
}
const EMPTY: Money = { minor: 0, text: '0.00', reading: '零元' }

const wait = { startedAt: NOW - 30_000, deadlineAt: NOW + 60_000 }

/** The sheets as the terminal offers them. */
function menuOptions(sheet: 0 | 1): readonly Option[] {
  return menuSheet({ setup: { drill: false } }, { kind: 'menu', sheet })
}

/** A view with everything in order; `change` says what is different. */
export function viewOf(change: Partial<View> & { readonly counter: CounterPage }): View {
  return {
    revision: 1,
    page: 'page-1',
    now: NOW,
    drill: false,
    direction: 'in',
    shopName: { 'zh-CN': '稳收示范店', en: 'SureTill Demo Shop' },
    locale: { counter: 'zh-CN', customer: 'zh-CN' },
    strip: { operator: '01', link: 'up', paper: 'ok', openItems: 0, faults: [] },
    support: {
      hotline: '400-000-0000',
      merchantNumber: '898100012345678',
      terminalNumber: '10000001',
      trace: '000123',
    },
    message: null,
    customer: { kind: 'welcome' },
    tone: null,
    ...change,
  }
}

/** The same view in one language on both screens, with its wait still running when it is drawn. */
export function shownIn(view: View, locale: Locale): View {
  return { ...view, locale: { counter: locale, customer: locale } }
}

const message = (key: string, params: Readonly<Record<string, string>> = {}): Message => ({
  key,
  params,
})
const options = (...ids: readonly string[]): readonly Option[] =>
  ids.map((id, index) => ({ id, key: String(index + 1) }))

const fixture = (
  name: string,
  counter: CounterPage,
  customer: CustomerPage,
  change: Partial<View> = {},
): Fixture => ({ name, view: viewOf({ counter, customer, ...change }) })

const BACK = { id: 'back', key: '0' } as const
const none = { direction: 'none' } as const
const closed = { kind: 'closed' } as const
const welcome = { kind: 'welcome' } as const
const card = { channel: 'card', last4: '0043', trace: '000123' }
const slips = [
  { id: 's1', copy: 'merchant', state: 'printed' },
  { id: 's2', copy: 'cardholder', state: 'printing' },
] as const

export const FIXTURES: readonly Fixture[] = [
  fixture('starting', { kind: 'starting' }, closed, none),
  fixture('out-of-service', { kind: 'outOfService' }, closed, {
    ...none,
    message: message('link.signOnRefused', { code: '97' }),
    strip: {
      operator: '01',
      link: 'down',
      paper: 'out',
      openItems: 2,
      faults: [message('gone', { device: 'pinPad' }), message('paperOut', { device: 'printer' })],
    },
  }),
  fixture('set-pin', { kind: 'setPin', operator: '99', role: 'administrator' }, closed, {
    ...none,
    message: message('setPin.tooSimple'),
  }),
  fixture('sign-in', { kind: 'signIn' }, closed, {
    ...none,
    message: message('signIn.wrong', { tries: '2' }),
  }),
  fixture('amount-empty', { kind: 'amount', typed: '', amount: EMPTY, mayReprint: true }, welcome),
  fixture(
    'amount-typed',
    { kind: 'amount', typed: '38.5', amount: DINNER, mayReprint: true },
    welcome,
  ),
  fixture(
    'amount-too-large',
    { kind: 'amount', typed: '49999.99', amount: LARGEST, mayReprint: true },
    welcome,
    {
      message: message('amount.tooLarge', { max: '50,000.00' }),
      strip: {
        operator: '01',
        link: 'up',
        paper: 'nearEnd',
        openItems: 3,
        faults: [message('noAnswer', { device: 'qrScanner' })],
      },
    },
  ),
  fixture(
    'confirm-amount',
    { kind: 'confirmAmount', amount: DINNER },
    { kind: 'amount', amount: DINNER },
  ),
  fixture(
    'look-at-amount',
    { kind: 'lookAtAmount', amount: LARGEST, wait },
    { kind: 'amount', amount: LARGEST },
    { message: message('amount.look', { amount: '49,999.99' }) },
  ),
  fixture(
    'key-again',
    { kind: 'rekeyAmount', typed: '', amount: EMPTY },
    { kind: 'amount', amount: DINNER },
    { message: message('amount.keyAgain') },
  ),
  fixture(
    'hand-over',
    { kind: 'handOver', amount: LARGEST },
    { kind: 'amount', amount: LARGEST },
    { message: message('handOver.ask') },
  ),
  fixture(
    'confirm-ceiling',
    { kind: 'confirmAmount', amount: CEILING },
    { kind: 'amount', amount: CEILING },
  ),
  fixture(
    'present',
    { kind: 'present', amount: DINNER, wait, means: ['insert', 'tap', 'swipe', 'code'] },
    { kind: 'present', amount: DINNER, wait, means: ['insert', 'tap', 'swipe', 'code'] },
  ),
  fixture(
    'present-wrong-code',
    { kind: 'present', amount: LARGEST, wait, means: ['insert', 'tap', 'swipe', 'code'] },
    { kind: 'present', amount: LARGEST, wait, means: ['code'] },
    { message: message('code.PAYEE_CODE_ALIPAY_DYNAMIC') },
  ),
  fixture(
    'confirm-code',
    { kind: 'confirmCode', amount: DINNER, channel: 'wechat', last4: '5678' },
    { kind: 'wait', amount: DINNER },
    { message: message('confirmCode.ID_NUMBER_LOOKALIKE') },
  ),
  fixture(
    'pin',
    { kind: 'pin', amount: LARGEST, masked: '622262******0043', wait },
    { kind: 'pin', amount: LARGEST },
  ),
  fixture(
    'working',
    { kind: 'working', doing: 'authorizing', amount: DINNER, ...card, wait, cancelAsked: false },
    { kind: 'wait', amount: DINNER },
  ),
  fixture(
    'working-cancel-asked',
    { kind: 'working', doing: 'authorizing', amount: DINNER, ...card, wait, cancelAsked: true },
    { kind: 'wait', amount: DINNER },
    { message: message('cancel.willReverse') },
  ),
  fixture(
    'working-reversing',
    { kind: 'working', doing: 'reversing', amount: LARGEST, ...card, wait, cancelAsked: false },
    { kind: 'wait', amount: LARGEST },
    { message: message('host.timedOut') },
  ),
  fixture(
    'signing-on',
    {
      kind: 'working',
      doing: 'signingOn',
      amount: null,
      channel: '',
      last4: '',
      wait,
      cancelAsked: false,
    },
    closed,
    none,
  ),
  fixture(
    'result-approved',
    {
      kind: 'result',
      outcome: 'approved',
      amount: DINNER,
      ...card,
      slips,
      options: options('reprintLast', 'newSale'),
    },
    { kind: 'result', outcome: 'approved', amount: DINNER },
    { message: message('host.approved', { amount: '38.50' }), tone: 'success' },
  ),
  fixture(
    'result-paper-out',
    {
      kind: 'result',
      outcome: 'approved',
      amount: LARGEST,
      ...card,
      channel: 'unionpay',
      slips: [
        { id: 's1', copy: 'merchant', state: 'unsure' },
        { id: 's2', copy: 'cardholder', state: 'owed' },
      ],
      options: options('paperComplete', 'printMissing', 'waive', 'newSale'),
    },
    { kind: 'result', outcome: 'approved', amount: LARGEST },
    {
      message: message('slip.unsure'),
      strip: {
        operator: '01',
        link: 'up',
        paper: 'out',
        openItems: 1,
        faults: [message('paperOut', { device: 'printer' })],
      },
    },
  ),
  fixture(
    'result-not-paid',
    {
      kind: 'result',
      outcome: 'notPaid',
      amount: DINNER,
      ...card,
      slips: [],
      options: options('retry'),
    },
    { kind: 'result', outcome: 'notPaid', amount: DINNER },
    { message: message('host.declined.51'), tone: 'fail' },
  ),
  fixture(
    'result-unknown',
    {
      kind: 'result',
      outcome: 'unknown',
      amount: LARGEST,
      ...card,
      slips: [],
      options: options('openItems'),
    },
    { kind: 'result', outcome: 'unknown', amount: LARGEST },
    { message: message('host.timedOut'), tone: 'unknown' },
  ),
  fixture(
    'result-tear',
    {
      kind: 'result',
      outcome: 'approved',
      amount: LARGEST,
      ...card,
      slips: [
        { id: 's1', copy: 'merchant', state: 'printed' },
        { id: 's2', copy: 'cardholder', state: 'awaitingTear' },
      ],
      options: options('correct'),
    },
    { kind: 'result', outcome: 'approved', amount: LARGEST },
    { message: message('slip.tear') },
  ),
  fixture(
    'result-signing',
    {
      kind: 'result',
      outcome: 'approved',
      amount: LARGEST,
      ...card,
      slips: [
        { id: 's1', copy: 'merchant', state: 'queued' },
        { id: 's2', copy: 'cardholder', state: 'queued' },
      ],
      options: options('correct', 'signOnPaper'),
    },
    { kind: 'sign', amount: LARGEST, record: '000001-000987', code: '31640315', wait },
    { message: message('signature.ask', { amount: '49,999.99', trace: '000123' }) },
  ),
  fixture(
    'result-partly-paid',
    {
      kind: 'result',
      outcome: 'approved',
      amount: DINNER,
      due: LARGEST,
      rest: REST,
      ...card,
      slips,
      options: options('collect', 'correct'),
    },
    { kind: 'result', outcome: 'approved', amount: DINNER },
    {
      message: message('host.partlyApproved', {
        amount: '38.50',
        due: '49,999.99',
        rest: '49,961.49',
      }),
    },
  ),
  fixture(
    'result-to-collect',
    {
      kind: 'result',
      outcome: 'approved',
      amount: DINNER,
      ...card,
      slips,
      options: options('collect'),
    },
    { kind: 'result', outcome: 'approved', amount: DINNER },
    {
      direction: 'out',
      work: 'void',
      message: message('void.approved', { amount: '38.50', trace: '000123' }),
    },
  ),
  fixture(
    'refund-result',
    {
      kind: 'result',
      outcome: 'approved',
      amount: DINNER,
      ...card,
      slips: [],
      options: [],
    },
    { kind: 'result', outcome: 'approved', amount: DINNER },
    { direction: 'out' },
  ),
  fixture(
    'present-other-card',
    {
      kind: 'present',
      amount: LARGEST,
      wait,
      means: ['insert', 'tap', 'swipe'],
      options: options('cardReplaced', 'phoneCard'),
    },
    { kind: 'present', amount: LARGEST, wait, means: ['insert', 'tap', 'swipe'] },
    { direction: 'out', work: 'refund', message: message('card.notOriginal') },
  ),
  fixture(
    'refund-confirm',
    {
      kind: 'confirmAmount',
      amount: REST,
      original: {
        record: {
          id: 'r0',
          trace: '000123',
          at: '2026-11-21 20:45:10',
          amount: LARGEST,
          channel: 'card',
          last4: '0043',
          outcome: 'approved',
          slips: [],
        },
        givenBack: DINNER,
        left: EMPTY,
      },
    },
    { kind: 'amount', amount: REST },
    {
      direction: 'out',
      work: 'refund',
      message: message('refund.confirm', { trace: '000123', last4: '0043' }),
    },
  ),
  fixture(
    'totals-settle',
    {
      kind: 'totals',
      purpose: 'settle',
      batch: '000012',
      rows: [
        { work: 'sale', count: 128, amount: LARGEST },
        { work: 'void', count: 1, amount: DINNER },
        { work: 'refund', count: 2, amount: DINNER },
      ],
      net: LARGEST,
      isNegative: false,
    },
    welcome,
    none,
  ),
  fixture('find-original', { kind: 'findOriginal', purpose: 'refund', typed: '0012' }, welcome, {
    direction: 'out',
    work: 'refund',
    message: message('original.notFound'),
  }),
  fixture('approve-void', { kind: 'approve', amount: LARGEST, trace: '000122' }, welcome, {
    direction: 'out',
    work: 'void',
    message: message('approve.samePerson'),
  }),
  fixture(
    'hold-present-drill',
    { kind: 'present', amount: LARGEST, wait, means: ['insert', 'tap'] },
    { kind: 'present', amount: LARGEST, wait, means: ['insert', 'tap'] },
    { direction: 'hold', drill: true },
  ),
  fixture('amount-drill', { kind: 'amount', typed: '38', amount: DINNER }, welcome, {
    drill: true,
  }),
  fixture('menu', { kind: 'menu', options: menuOptions(0) }, welcome, none),
  fixture('menu-behind', { kind: 'menu', options: menuOptions(1) }, welcome, none),
  fixture('check-sticker', { kind: 'checkSticker', found: 'nothing' }, welcome, {
    ...none,
    message: message('sticker.ask'),
  }),
  fixture('check-sticker-foreign', { kind: 'checkSticker', found: 'foreign' }, welcome, {
    ...none,
    message: message('sticker.foreign'),
    tone: 'fail',
  }),
  fixture(
    'open-items',
    {
      kind: 'openItems',
      items: [
        {
          id: 'i1',
          message: message('host.reversalOwed', { amount: '49,999.99', trace: '000122' }),
          options: [{ id: 'retryReversal', key: '1' }],
        },
        {
          id: 'i2',
          message: message('slip.owed', { count: '2' }),
          options: [
            { id: 'paperComplete', key: '1' },
            { id: 'printMissing', key: '2' },
          ],
        },
      ],
      options: [{ id: 'back', key: '0' }],
    },
    welcome,
    none,
  ),
  fixture(
    'records',
    {
      kind: 'records',
      records: (['approved', 'unknown', 'notPaid', 'approved', 'approved'] as const).map(
        (outcome, index) => ({
          id: `r${index}`,
          trace: String(123 - index).padStart(6, '0'),
          at: '2026-11-21 20:45',
          amount: index % 2 === 0 ? DINNER : LARGEST,
          channel: index % 2 === 0 ? 'card' : 'wechat',
          last4: '0043',
          outcome,
          slips: outcome === 'approved' ? slips : [],
        }),
      ),
      options: options('reprint', 'details'),
    },
    welcome,
    none,
  ),
  fixture(
    'what-was-wrong',
    {
      kind: 'whatWasWrong',
      record: {
        id: 'r0',
        trace: '000123',
        at: '2026-11-21 20:45',
        amount: LARGEST,
        channel: 'wechat',
        last4: '0043',
        outcome: 'approved',
        slips: [],
      },
      options: [
        ...options('wrongAmount', 'wrongPayer', 'paidTwice', 'holdMeant', 'customerWish'),
        { id: 'cannotMend', key: '9' },
      ],
    },
    welcome,
    {
      ...none,
      message: message('correct.whatWasWrong', { trace: '000123', amount: '49,999.99' }),
    },
  ),
  fixture(
    'incident',
    { kind: 'menu', options: [...options('tooMuchTaken', 'wrongPersonPaid'), BACK] },
    welcome,
    { ...none, message: message('incident.which', { trace: '000123' }) },
  ),
  fixture(
    'incident-how-much',
    { kind: 'amount', typed: '49', amount: { minor: 4900, text: '49.00', reading: '四十九元整' } },
    welcome,
    { ...none, message: message('incident.howMuch.overcharge') },
  ),
  fixture('incident-closing', { kind: 'menu', options: [...closingOptions(), BACK] }, welcome, {
    ...none,
    message: message('incident.word', { amount: '49,999.99' }),
  }),
  fixture('records-empty', { kind: 'records', records: [], options: [] }, welcome, none),
]
