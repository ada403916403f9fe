/**
 * What is said aloud when the counter's view changes. An outcome is said only from the page of the result, which the terminal shows when the
 * host's word is in its journal; nothing is said of cards or PINs, and a drill is silent, so that nobody takes it for money.
 */
import type { CounterPage, View } from '#shell/api/view.ts'
import type { Sound } from './sound-of.ts'
import { spokenAmount } from './spoken-amount.ts'

/** Clips in their order, and as what sound they count at night. */
export type Utterance = { readonly clips: readonly string[]; readonly as: Sound }

type Result = Extract<CounterPage, { kind: 'result' }>

/** Returns what to call with every view: speaks once for each change, and of nothing that stood there before a gap. */
export function speakOnce(
  say: (utterance: Utterance, view: View) => void,
): (view: View | null) => void {
  let last: View | null = null
  return (view) => {
    if (view !== null && last !== null && view.revision > last.revision) {
      const utterance = utteranceOf(view, last)
      if (utterance !== null) say(utterance, view)
    }
    last = view
  }
}

function utteranceOf(view: View, before: View): Utterance | null {
  const { counter, message } = view
  if (view.drill) return null
  const isNew = view.page !== before.page
  if (isNew && counter.kind === 'result') return outcomeOf(view, counter)
  if (isNew && counter.kind === 'present' && counter.amount.minor > 0) return asked(view, counter)
  if (isNew && counter.kind === 'pin') return { clips: ['waitPin'], as: 'key' }
  if (isNew && counter.kind === 'approve') return { clips: ['supervisor'], as: 'attention' }
  if (message === null || message === before.message) return null
  if (message.key === 'slip.reminder') return { clips: ['slipOwed'], as: 'attention' }
  if (message.key === 'code.paying' && before.message?.key !== message.key)
    return { clips: ['waitPin'], as: 'key' }
  const isRefused = counter.kind === 'present' && view.tone === 'refused'
  return isRefused && NOT_PAYMENT_CODES.has(message.key)
    ? { clips: ['notACode'], as: 'refused' }
    : null
}

/** Codes that are fine, of something else than a payment. Half-read, used and foreign payment codes are not called that. */
const NOT_PAYMENT_CODES: ReadonlySet<string> = new Set(
  [
    'OWN_PAYEE',
    'PAYEE_CODE_WECHAT',
    'PAYEE_CODE_WECHAT_DYNAMIC',
    'PAYEE_CODE_ALIPAY',
    'PAYEE_CODE_ALIPAY_DYNAMIC',
    'PAYEE_CODE_UNIONPAY',
    'PAYEE_CODE_QQ',
    'PAYEE_CODE_EMV',
    'AGGREGATE_URL',
    'CONTACT_CARD',
    'UNKNOWN_URL',
    'GOODS_BARCODE',
    'TRANSACTION_ID',
    'SLIP_CODE',
    'INVOICE_QR',
    'NOT_A_PAYMENT_CODE',
  ].map((name) => `code.${name}`),
)

/** The customer may present: which way the money goes, and how much. */
function asked(
  view: View,
  { amount }: Extract<CounterPage, { kind: 'present' }>,
): Utterance | null {
  const word = { in: 'charge', out: 'refund', hold: 'hold', none: null }[view.direction]
  if (word === null) return null
  return { clips: [word, ...spokenAmount(view.locale.counter, amount)], as: 'confirmed' }
}

function outcomeOf(view: View, page: Result): Utterance | null {
  if (page.outcome === 'unknown') return { clips: ['unknown'], as: 'unknown' }
  // An inquiry moves nothing, and a balance is nobody's business.
  if (view.work === 'balance' || view.direction === 'none') return null
  const isVoid = view.work?.toLowerCase().endsWith('void') === true
  const way = isVoid ? 'void' : view.direction
  if (page.outcome === 'notPaid') return { clips: [UNDONE[way]], as: 'fail' }
  const channel = `channel.${page.channel}`
  const clips = [
    ...(SPOKEN_CHANNELS.has(channel) ? [channel] : []),
    DONE[way],
    ...spokenAmount(view.locale.counter, page.amount),
  ]
  return { clips, as: way === 'in' || way === 'hold' ? 'success' : 'refunded' }
}

const DONE = { in: 'charge', out: 'refunded', hold: 'held', void: 'voided' } as const
const UNDONE = { in: 'notPaid', out: 'notRefunded', hold: 'notHeld', void: 'notVoided' } as const
const SPOKEN_CHANNELS: ReadonlySet<string> = new Set(
  ['card', 'unionpay', 'wechat', 'alipay', 'ecny'].map((name) => `channel.${name}`),
)
