/** The one refund in doubt: which answers are its own, what they lead to, and where its end is told. */
import { expect, test } from 'vitest'
import { onAdviceReplied, onAdviceUnanswered } from '#core/advice/decide.ts'
import { closeAdvice, newAdvice, sendAdvice, waitWithAdvice } from '#core/advice/queue.ts'
import { toDe4 } from '#core/money.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import { type Counter, SETUP } from './counter.ts'
import { aSale, choose, openShop, sell, sign, toSale } from './two-people.ts'

/** 38 yuan were paid by card; the answer to the refund of all of them did not come, and its result stands on the page. */
function inDoubt(): Counter {
  const counter = openShop()
  sell(counter, 38)
  const sale = counter.state().recent.at(-1)
  counter.press('menu', '2')
  choose(counter, 'refund', sale?.id)
  counter.press('confirm', 'confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.tell({ type: 'hostSilent', stan: adviceOf(counter.state()).attempt.stan })
  return counter
}

function adviceOf({ advice }: TerminalState): NonNullable<TerminalState['advice']> {
  if (advice === null) throw new Error('no refund is in doubt')
  return advice
}

/** It is sent again. */
function again(): Counter {
  const counter = inDoubt()
  counter.tell({ type: 'timerFired', timer: 'advice' })
  return counter
}

function replyTo({ attempt }: ReturnType<typeof adviceOf>, code: string): HostReply {
  const fields = {
    '3': '200000',
    '4': toDe4(attempt.amountMinor),
    '11': attempt.stan,
    '37': '112112000009',
    '39': code,
    '41': SETUP.terminalNumber,
    '42': SETUP.merchantNumber,
  }
  return { mti: '0230', mac: 'good', fields }
}

function answer(counter: Counter, code: string): void {
  const advice = adviceOf(counter.state())
  counter.tell({ type: 'adviceReplied', advice: advice.id, reply: replyTo(advice, code) })
}

test('it leaves again under its own number after its pause, and counts', () => {
  const counter = inDoubt()
  const { id, attempt } = adviceOf(counter.state())
  expect(adviceOf(counter.state())).toMatchObject({ state: 'waiting', tries: 0, hasPan: true })
  counter.tell({ type: 'timerFired', timer: 'advice' })
  const sent = adviceOf(counter.state())
  expect(sent).toMatchObject({ id, attempt: { stan: attempt.stan }, state: 'sent', tries: 1 })
  expect(sendAdvice(inDoubt().state()).effects).toEqual([
    { do: 'stopTimer', timer: 'advice' },
    { do: 'sendAdvice', advice: sent },
  ])
})

test('without an answer it waits for its next turn, as long as a reversal would', () => {
  const counter = again()
  const event = { type: 'adviceUnanswered', at: 0, advice: adviceOf(counter.state()).id } as const
  const waits = onAdviceUnanswered(counter.state(), event)
  expect(waits.state.advice).toMatchObject({ state: 'waiting', tries: 1 })
  expect(waits.effects).toEqual([{ do: 'startTimer', timer: 'advice', ms: 10_000 }])
})

test('what is not the answer to the one that is out changes nothing', () => {
  const sent = again().state()
  const advice = adviceOf(sent)
  const waiting: TerminalState = { ...sent, advice: { ...advice, state: 'waiting' } }
  const none: TerminalState = { ...sent, advice: null }
  const told = (state: TerminalState, id: string) => {
    const reply = replyTo(advice, '00')
    const replied = onAdviceReplied(state, { type: 'adviceReplied', at: 0, advice: id, reply })
    const silent = onAdviceUnanswered(state, { type: 'adviceUnanswered', at: 0, advice: id })
    expect([replied.state, silent.state]).toEqual([state, state])
    return [replied.refused, silent.refused]
  }
  for (const [state, id] of [
    [sent, '000001-999999'],
    [waiting, advice.id],
    [none, advice.id],
  ] as const)
    expect(told(state, id)).toEqual(['lateAnswer', 'notAskedFor'])
  expect(waitWithAdvice(none).refused).toBe('nothingOwed')
})

test('an answer that cannot be believed leaves it in doubt', () => {
  const counter = again()
  const advice = adviceOf(counter.state())
  const reply: HostReply = { ...replyTo(advice, '00'), mac: 'bad' }
  counter.tell({ type: 'adviceReplied', advice: advice.id, reply })
  expect(adviceOf(counter.state())).toMatchObject({ state: 'waiting', tries: 1 })
  expect(counter.step()).toBe('result')
})

test.each([
  ['00', 'approved', 'success', 'refund.approved', 'refund.approvedLater', 0],
  ['25', 'notPaid', 'fail', 'refund.declined', 'refund.declinedLater', 3800],
] as const)(
  'answered %s it is %s: its own page says so, a quiet one is told, another is left alone',
  (code, outcome, tone, here, later, left) => {
    const onItsPage = again()
    answer(onItsPage, code)
    expect(onItsPage.state()).toMatchObject({ tone, step: { kind: 'result', outcome } })
    expect(onItsPage.said()).toMatch(new RegExp(`^${here}`))
    const [sale, back] = onItsPage.state().recent
    expect(back).toMatchObject({ kind: 'refund', outcome })
    expect((sale?.paidMinor ?? 0) - (sale?.refundedMinor ?? 0)).toBe(left)
    expect(onItsPage.dos()).toEqual(expect.arrayContaining(['keepRecord', 'dropSealedPan']))

    const quiet = again()
    toSale(quiet)
    const { stan } = adviceOf(quiet.state()).attempt
    answer(quiet, code)
    expect(quiet.state()).toMatchObject({
      tone,
      step: { kind: 'amount' },
      message: { key: later, params: { trace: stan } },
    })

    const gone = again()
    const signedOut = { ...gone.state(), step: { kind: 'signIn' as const, number: '' } }
    const away = onAdviceReplied(signedOut, {
      type: 'adviceReplied',
      at: 0,
      advice: adviceOf(signedOut).id,
      reply: replyTo(adviceOf(signedOut), code),
    })
    expect(away.state).toMatchObject({ tone, step: { kind: 'signIn' }, message: { key: later } })

    const selling = again()
    toSale(selling)
    selling.press('5', 'confirm')
    const { message, step } = selling.state()
    answer(selling, code)
    expect(selling.state()).toMatchObject({ step, message, advice: null })
  },
)

test('on the result page of another payment nothing is shown of it', () => {
  const counter = again()
  toSale(counter)
  counter.ask(5)
  counter.presentCard()
  counter.reply()
  const { step } = counter.state()
  counter.tell({ type: 'timerFired', timer: 'advice' })
  answer(counter, '00')
  expect(counter.state()).toMatchObject({ step, advice: null })
})

test('it waits behind a reversal and for keys, and its turn comes again', () => {
  const waiting = inDoubt().state()
  const armed = armReversal(adviceOf(waiting).attempt)
  expect(sendAdvice({ ...waiting, keysReady: false }).effects).toEqual([])
  expect(sendAdvice({ ...waiting, reversal: armed }).effects).toEqual([
    { do: 'startTimer', timer: 'advice', ms: 10_000 },
  ])
  expect(sendAdvice({ ...waiting, reversal: { ...armed, state: 'owed' } }).effects).toEqual([])
  const sent = again().state()
  expect(sendAdvice(sent)).toMatchObject({ state: sent, effects: [] })
})

test('with its end goes the sealed card number, where there is one, and only of this one', () => {
  const { state: shop, sale } = aSale()
  const attempt = { ...adviceOf(inDoubt().state()).attempt }
  const code = { handle: 'h', channel: 'wechat', masked: '*6741', fingerprint: 'F1' } as const
  const byCard = { ...shop, advice: newAdvice(attempt) }
  const byCode = { ...shop, advice: newAdvice({ ...attempt, tender: { kind: 'code', code } }) }
  const { id } = byCard.advice
  expect(closeAdvice(byCard, id)).toMatchObject({
    state: { advice: null },
    effects: [{ do: 'dropSealedPan', reversal: id }],
  })
  expect(closeAdvice(byCode, id)).toMatchObject({ state: { advice: null }, effects: [] })
  expect(closeAdvice(byCard, sale.id)).toMatchObject({ state: byCard, effects: [] })
  expect(closeAdvice(shop, id)).toMatchObject({ state: shop, effects: [] })
})
