/** Each end of a request as its page shows it: outcome, tone and message, and exactly what is done besides. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import { decide } from '#core/terminal/decide.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Step } from '#core/terminal/state.ts'
import { reversalDone } from '#core/transaction/decide-undone.ts'
import { AMOUNT_GUARD, CODE_QUERY, type Counter, counterFrom, SETUP } from '../counter.ts'
import { choose, openShop, sell, sign, toSale } from '../two-people.ts'

const FORGET: Effect = { do: 'forgetTender', handle: 'card-1' }
const ASKED: Partial<Setup> = { host: { ...SETUP.host, codeQuery: CODE_QUERY } }

/** A request of 38 yuan is out. */
function asked(by: 'tap' | 'chip' | 'code' = 'tap', change: Partial<Setup> = {}): Counter {
  const counter = openShop(change)
  counter.ask(38)
  if (by === 'code') counter.presentCode()
  else counter.presentCard(by === 'chip' ? { interface: 'chip' } : {})
  if (by === 'chip') counter.tell({ type: 'pinEntered', stan: stanOf(counter) })
  expect(counter.step()).toBe('authorizing')
  return counter
}

/** What was paid is asked back, whole. */
function goingBack(how: 'refund' | 'void', change: Partial<Setup> = {}): Counter {
  const counter = openShop(change)
  sell(counter, 38)
  counter.press('menu', '2')
  choose(counter, how, counter.state().recent.at(-1)?.id ?? '')
  counter.press('confirm')
  if (how === 'refund') counter.press('confirm')
  sign(counter, '00')
  counter.presentCard()
  expect(counter.step()).toBe('authorizing')
  return counter
}

function stanOf(counter: Counter): string {
  const { step } = counter.state()
  return 'attempt' in step ? step.attempt.stan : ''
}

const shown = (counter: Counter) => {
  const { message, step, tone } = counter.state()
  return [step.kind, step.kind === 'result' ? step.outcome : '', tone, message?.key ?? '']
}
const waitOf = (counter: Counter) => {
  const { at, step } = counter.state()
  return 'wait' in step ? [step.wait.startedAt - at, step.wait.deadlineAt - at] : []
}
const refusedOf = (counter: Counter, event: EventBody) =>
  decide(counter.state(), { ...event, at: counter.state().at }).refused

test('a request leaves behind its sealed card number, and is waited for as long as the host may take', () => {
  const counter = openShop()
  counter.ask(38)
  const told = counter.presentCard()
  const { step } = counter.state()
  if (step.kind !== 'authorizing') throw new Error(step.kind)
  expect(told.slice(-2)).toEqual([
    { do: 'sealPan', reversal: '000001-000002', handle: 'card-1' },
    { do: 'sendRequest', attempt: step.attempt },
  ])
  expect(step.attempt.sentAt).toBe(counter.state().at)
  expect([counter.state().tone, waitOf(counter)]).toEqual(['read', [0, 30_000]])
})

test('a refund is sealed as well, because it is sent again; of an inquiry nothing is', () => {
  const back = goingBack('refund')
  expect(back.dos()).toContain('sealPan')
  expect(back.state()).toMatchObject({ reversal: null, advice: { state: 'out' } })
  const balance = openShop()
  balance.press('menu', '9', '3')
  balance.presentCard()
  expect(balance.step()).toBe('authorizing')
  expect(balance.dos()).not.toContain('sealPan')
})

test('what is told too late, or was never asked for, has these names', () => {
  const counter = asked()
  const stan = '999999'
  const reply = { mti: '0210', mac: 'good', fields: {} } as const
  expect(refusedOf(counter, { type: 'hostReplied', stan, reply })).toBe('lateAnswer')
  expect(refusedOf(counter, { type: 'hostSilent', stan })).toBe('notAskedFor')
  expect(refusedOf(counter, { type: 'hostUnreachable', stan })).toBe('notAskedFor')
  const page = (of: Counter) => `authorizing#${of.state().page}`
  counter.press('cancel')
  expect(counter.state().tone).toBe('key')
  expect(refusedOf(counter, { type: 'keyPressed', page: page(counter), key: 'cancel' })).toBe(
    'keyHasNoMeaningHere',
  )
  const back = goingBack('refund')
  expect(refusedOf(back, { type: 'keyPressed', page: page(back), key: 'cancel' })).toBe(
    'keyHasNoMeaningHere',
  )
  const chip = asked('chip')
  chip.reply()
  expect(waitOf(chip)).toEqual([0, 30_000])
  for (const event of [
    { type: 'cardCompleted', stan, approved: true, chip: [] },
    { type: 'cardCompletionFailed', stan, why: 'cardRemoved' },
  ] as const)
    expect(refusedOf(chip, event)).toBe('notAskedFor')
  const taken = asked()
  taken.tell({ type: 'hostSilent', stan: stanOf(taken) })
  expect(refusedOf(taken, { type: 'reversalReplied', reversal: 'x', reply })).toBe('lateAnswer')
  expect(refusedOf(taken, { type: 'reversalUnanswered', reversal: 'x', sent: true })).toBe(
    'notAskedFor',
  )
})

test('approved', () => {
  const counter = asked()
  const told = counter.reply()
  const [record] = counter.state().recent
  expect(shown(counter)).toEqual(['result', 'approved', 'success', 'host.approved'])
  expect(told.slice(0, 3)).toEqual([
    { do: 'dropSealedPan', reversal: '000001-000002' },
    { do: 'keepRecord', record },
    FORGET,
  ])
  expect(counter.state().step).toMatchObject({
    order: { dueMinor: 3800 },
    record: '000001-000002',
    trace: '000002',
    channel: 'card',
    last4: '0012',
    mayTryAgain: false,
  })
})

test('behind an approval the papers are queued; of a tap the chip adds nothing', () => {
  const counter = asked()
  counter.reply()
  expect(counter.state().slips.map(({ slip }) => slip.copy)).toEqual(['merchant', 'cardholder'])
  expect(counter.state().recent[0]?.slip?.chip).toEqual([])
})

test('a signature is asked for under the settlement date that the host named', () => {
  const dated = (fields: Record<string, string>) => {
    const counter = asked('chip', { signature: { timeoutMs: 60_000 } })
    counter.reply(fields)
    counter.tell({ type: 'cardCompleted', stan: stanOf(counter), approved: true, chip: [] })
    return counter.state().signing?.settlementDate
  }
  expect(dated({ '15': '1122' })).toBe('1122')
  expect(dated({})).toBe('')
})

test('an answer that comes while its request is being taken back is late', () => {
  const counter = asked()
  const stan = stanOf(counter)
  counter.tell({ type: 'hostSilent', stan })
  const reply = { mti: '0210', mac: 'good', fields: {} } as const
  expect(refusedOf(counter, { type: 'hostReplied', stan, reply })).toBe('lateAnswer')
  expect(refusedOf(counter, { type: 'hostSilent', stan })).toBe('notAskedFor')
  expect(refusedOf(counter, { type: 'hostUnreachable', stan })).toBe('notAskedFor')
  const idle = openShop()
  expect(refusedOf(idle, { type: 'reversalReplied', reversal: 'x', reply })).toBe('lateAnswer')
  expect(refusedOf(idle, { type: 'reversalUnanswered', reversal: 'x', sent: true })).toBe(
    'notAskedFor',
  )
})

test('a reversal that is through changes the result of its own order alone, and is told on quiet pages', () => {
  const counter = asked()
  counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
  const { reversal } = counter.state()
  counter.tell({ type: 'reversalUnanswered', reversal: '000001-000002', sent: true })
  const { step, ...state } = counter.state()
  if (reversal === null || step.kind !== 'result') throw new Error(step.kind)
  const after = (page: Step) =>
    reversalDone({ ...state, step: page, message: null }, reversal).state
  expect(after(step).step).toMatchObject({ outcome: 'notPaid' })
  const other: Step = { ...step, order: { ...step.order, id: 99 } }
  const known: Step = { ...step, outcome: 'approved' }
  for (const page of [other, known, { kind: 'menu', sheet: 0 } as const])
    expect(after(page)).toMatchObject({ step: page, message: null })
  for (const page of [{ kind: 'signIn' }, { kind: 'setPin', operator: '01' }] as const)
    expect(after(page).message?.key).toBe('host.reversedOnStart')
})

test('the record of what was taken back has the reference of its till; one of an old journal is of a sale', () => {
  const { reversal, ...state } = asked().state()
  if (reversal === null) throw new Error('none is armed')
  const kept = (change: Partial<Reversal>) =>
    reversalDone({ ...state, reversal }, { ...reversal, ...change }).state.recent.at(-1)
  expect(kept({ tillReference: 'T-1' })?.tillReference).toBe('T-1')
  expect(kept({})).not.toHaveProperty('tillReference')
  const { kind: _kind, ...old } = reversal
  expect(reversalDone({ ...state, reversal }, old).state.recent.at(-1)?.kind).toBe('sale')
})

test('the chip has the last word, and its approval ends the sale', () => {
  const counter = asked('chip')
  counter.reply()
  const last = { name: 'TC', value: 'C1' }
  counter.tell({ type: 'cardCompleted', stan: stanOf(counter), approved: true, chip: [last] })
  expect(shown(counter)).toEqual(['result', 'approved', 'success', 'host.approved'])
  expect(counter.state().recent[0]?.slip?.chip).toEqual([last])
  expect(
    asked()
      .reply()
      .map((one) => one.do),
  ).not.toContain('completeCard')
})

test('declined', () => {
  const counter = asked()
  const told = counter.reply({ '39': '51' })
  expect(shown(counter)).toEqual(['result', 'notPaid', 'fail', 'host.declined.51'])
  expect(told).toEqual([
    { do: 'dropSealedPan', reversal: '000001-000002' },
    { do: 'keepRecord', record: counter.state().recent[0] },
    FORGET,
  ])
})

test('declined, an inquiry', () => {
  const counter = openShop()
  counter.press('menu', '9', '3')
  counter.presentCard()
  expect(counter.reply({ '3': '310000', '39': '51' })).toEqual([FORGET])
  expect(shown(counter)).toEqual(['result', 'notPaid', 'fail', 'host.declined.51'])
})

test('an inquiry that is answered', () => {
  const counter = openShop()
  counter.press('menu', '9', '3')
  counter.presentCard()
  counter.reply({ '3': '310000', '54': '0201156C000000012345' })
  expect(shown(counter)).toEqual(['result', 'approved', 'success', 'balance.approved'])
  expect(counter.state().step).toMatchObject({ order: { kind: 'balance', dueMinor: 12_345 } })
})

test('unknown, and taken back', () => {
  const counter = asked()
  const told = counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
  expect(shown(counter)).toEqual(['reversing', '', 'unknown', 'host.timedOut'])
  expect(waitOf(counter)).toEqual([0, 30_000])
  expect(told).toEqual([
    FORGET,
    { do: 'stopTimer', timer: 'reversal' },
    { do: 'sendReversal', reversal: counter.state().reversal },
  ])
  counter.tell({ type: 'reversalUnanswered', reversal: '000001-000002', sent: true })
  expect(shown(counter)).toEqual(['result', 'unknown', 'unknown', 'host.reversalOwed'])
  counter.tell({ type: 'timerFired', timer: 'reversal' })
  counter.replyToReversal('00')
  expect(shown(counter)).toEqual(['result', 'notPaid', 'fail', 'host.reversed'])
  const soon = asked()
  soon.tell({ type: 'hostSilent', stan: stanOf(soon) })
  soon.replyToReversal('00')
  expect(shown(soon)).toEqual(['result', 'notPaid', 'fail', 'host.reversed'])
})

test('a reversal whose answer says nothing leaves the result unknown, and fetches keys where they may be wrong', () => {
  const counter = asked()
  counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
  expect(counter.replyToReversal('96').map((one) => one.do)).toEqual(['startTimer'])
  expect(shown(counter)).toEqual(['result', 'unknown', 'unknown', 'host.reversalOwed'])
  const keys = asked()
  keys.tell({ type: 'hostSilent', stan: stanOf(keys) })
  expect(keys.replyToReversal('A0').map((one) => one.do)).toEqual([
    'startTimer',
    'stopTimer',
    'signOn',
  ])
  expect(shown(keys)).toEqual(['result', 'unknown', 'unknown', 'host.reversalOwed'])
})

test('unknown, and asked again: a refund', () => {
  const counter = goingBack('refund')
  const told = counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
  expect(shown(counter)).toEqual(['result', 'unknown', 'unknown', 'refund.timedOut'])
  expect(counter.state().step).toMatchObject({ mayTryAgain: false, record: '000001-000003' })
  expect(told).toEqual([FORGET, { do: 'startTimer', timer: 'advice', ms: 10_000 }])
})

test('unknown, and taken back: a void; its record keeps what it was about', () => {
  const counter = goingBack('void')
  counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
  expect(shown(counter)).toEqual(['reversing', '', 'unknown', 'void.timedOut'])
  counter.replyToReversal('00')
  expect(shown(counter)).toEqual(['result', 'notPaid', 'fail', 'void.reversed'])
  expect(counter.state().recent.at(-1)).toMatchObject({ kind: 'void', original: '000001-000002' })
})

test('not sent', () => {
  const counter = asked()
  counter.tell({ type: 'hostUnreachable', stan: stanOf(counter) })
  expect(shown(counter)).toEqual(['result', 'notPaid', 'fail', 'host.unreachable'])
  expect(counter.dos()).not.toContain('completeCard')
  const back = goingBack('refund')
  back.tell({ type: 'hostUnreachable', stan: stanOf(back) })
  expect(back.state().advice).toBeNull()
  expect(shown(back)).toEqual(['result', 'notPaid', 'fail', 'refund.unreachable'])
})

test.each([
  ['09', 'querying', 'code.paying'],
  ['96', 'querying', 'code.unknown'],
  ['51', 'result', 'host.declined.51'],
] as const)('a code payment is answered with %s: %s, %s', (code, step, said) => {
  const counter = asked('code', ASKED)
  counter.reply({ '39': code })
  expect([counter.step(), counter.said()]).toEqual([step, said])
  // A card, and an acquirer that cannot be asked, have none of this.
  const card = asked('tap', ASKED)
  card.reply({ '39': code })
  expect(card.said()).toBe(`host.declined.${code}`)
})

test('a code payment without an answer is asked about; where nobody can be asked it is taken back', () => {
  const counter = asked('code', ASKED)
  counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
  expect([counter.step(), counter.said()]).toEqual(['querying', 'code.unknown'])
  const plain = asked('code')
  plain.tell({ type: 'hostSilent', stan: stanOf(plain) })
  expect(plain.step()).toBe('reversing')
})

test('an approval that is taken back leaves its authorization code, where it has one', () => {
  const cancelled = (code: string) => {
    const counter = asked()
    counter.press('cancel')
    counter.reply({ '38': code })
    return counter.state().reversal
  }
  expect(cancelled(' 123456 ')).toMatchObject({ authCode: '123456' })
  expect(cancelled('      ')).not.toHaveProperty('authCode')
})

test('a reversal that comes through is told on the quiet pages, and to a till under its own number', () => {
  const late = (go: (counter: Counter) => void): Counter => {
    const counter = asked()
    counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
    counter.tell({ type: 'reversalUnanswered', reversal: '000001-000002', sent: true })
    go(counter)
    counter.tell({ type: 'timerFired', timer: 'reversal' })
    counter.replyToReversal('00')
    return counter
  }
  expect(late((one) => one.press('cancel', 'menu', '6')).said()).toBe('host.reversedOnStart')
  expect(late((one) => one.press('cancel', 'menu', '2')).said()).not.toBe('host.reversedOnStart')
  const started = counterFrom({ ...late(() => undefined).state() })
  expect(started.state().reversal).toBeNull()
})

const GUARDED = { amountGuard: { ...AMOUNT_GUARD, askRightAboveMinor: minor(3_799) } }

test.each<[number, Partial<Setup>, string]>([
  [3_799, {}, 'host.approvedLarge'],
  [3_800, {}, 'host.approved'],
  [100, { host: { ...SETUP.host, partialApproval: true } }, 'host.partlyApproved'],
])(
  'asked above %i whether the amount was right, after 38 yuan or a part of them: %s',
  (above, change, said) => {
    const guard = { amountGuard: { ...AMOUNT_GUARD, askRightAboveMinor: minor(above) }, ...change }
    const counter = asked('tap', guard)
    const part: Record<string, string> = 'host' in change ? { '39': '10', '4': '000000003000' } : {}
    counter.reply(part)
    expect(counter.said()).toBe(said)
    expect(counter.state().message?.params['amount']).toBe('host' in change ? '30.00' : '38.00')
  },
)

test('nobody is asked so after a void, nor where the shop does not want it', () => {
  const back = goingBack('void', GUARDED)
  back.reply({ '3': '200000' })
  expect(back.said()).toBe('void.approved')
  const plain = asked('tap', { amountGuard: AMOUNT_GUARD })
  plain.reply()
  expect(plain.said()).toBe('host.approved')
})

test('what the shop usually takes is learned from sales that were paid, where it wants that', () => {
  const guarded = asked('tap', GUARDED)
  guarded.reply({ '39': '51' })
  expect(guarded.state()).toMatchObject({ history: undefined, prices: undefined })
  toSale(guarded)
  sell(guarded, 12)
  sell(guarded, 12)
  expect(guarded.state().prices?.amounts.often).toEqual([[1200, 2]])
  expect(guarded.state().history).toBeDefined()
  const plain = asked()
  plain.reply()
  expect(plain.state()).toMatchObject({ history: undefined, prices: undefined })
})

test('of a hold nothing is learned', () => {
  const counter = openShop(GUARDED)
  counter.press('menu', '9')
  choose(counter, 'preAuth')
  counter.press('1', '2', 'confirm', 'confirm')
  counter.presentCard()
  counter.reply({ '3': '030000' }, 'good', '0110')
  expect(counter.said()).toBe('preAuth.approved')
  expect(counter.state().history).toBeUndefined()
})

test('the void of a payment keeps two records, that of a sale one', () => {
  const counter = goingBack('void')
  const kept = counter.reply({ '3': '200000' }).filter((one) => one.do === 'keepRecord')
  expect(kept.map(({ record }) => [record.kind, record.closedBy])).toEqual([
    ['void', ''],
    ['sale', '000001-000003'],
  ])
  expect(
    asked()
      .reply()
      .filter((one) => one.do === 'keepRecord'),
  ).toHaveLength(1)
})
