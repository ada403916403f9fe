import { expect, test } from 'vitest'
import { onSignOffEnded } from '#core/link/sign-off.ts'
import { message } from '#core/message.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import { settling } from '../batch/settling.ts'
import { type Counter, counterFrom, ended, SETUP } from '../counter.ts'

/** Menu, second sheet, fourth entry. */
const SIGN_OFF: readonly Key[] = ['menu', '9', '4']

test('after an empty day the terminal signs off, the person is signed out, and nothing can be sold', () => {
  const counter = opened()
  const told = counter.press(...SIGN_OFF)
  expect(told).toContainEqual(
    expect.objectContaining({ do: 'signOff', batch: '000001', operator: '01' }),
  )
  expect(told).toContainEqual({ do: 'stopTimer', timer: 'link' })
  expect(counter.state()).toMatchObject({ link: 'signedOff', keysReady: false, session: null })
  expect([counter.step(), counter.said()]).toEqual(['signIn', 'signOff.asked'])
  counter.tell({ type: 'signOffEnded', outcome: 'accepted', code: '' })
  expect(counter.said()).toBe('signOff.done')
})

test('whoever signs in next signs the terminal on, and then it sells', () => {
  const counter = opened()
  counter.press(...SIGN_OFF)
  counter.tell({ type: 'signOffEnded', outcome: 'accepted', code: '' })
  expect(signIn(counter)).toContainEqual(expect.objectContaining({ do: 'signOn' }))
  counter.ask(5)
  expect(counter.said()).toBe('link.signingOn')
  counter.press('clear')
  counter.tell({ type: 'signedOn', batch: '000001' })
  counter.ask(5)
  expect(counter.step()).toBe('present')
})

test.each([
  ['refused', '97'],
  ['unanswered', ''],
] as const)(
  'a sign-off that was %s leaves the terminal signed off and says that the host may not know',
  (outcome, code) => {
    const counter = opened()
    counter.press(...SIGN_OFF)
    counter.tell({ type: 'signOffEnded', outcome, code })
    expect(counter.state().message).toEqual(message('signOff.unconfirmed', { code }))
    expect(counter.state().link).toBe('signedOff')
  },
)

test('an answer that comes when somebody has signed in again changes nothing', () => {
  const counter = opened()
  counter.press(...SIGN_OFF)
  signIn(counter)
  const late = { type: 'signOffEnded', at: 0, outcome: 'refused', code: '97' } as const
  expect(onSignOffEnded(counter.state(), late).refused).toBe('notAskedFor')
  const quiet = { ...counter.state(), link: 'signedOff', message: null } as const
  expect(onSignOffEnded(quiet, { ...late, outcome: 'accepted' }).state).toEqual(quiet)
})

test('while the batch holds a sale there is no sign-off', () => {
  const counter = opened()
  counter.ask(20)
  counter.presentCard()
  counter.reply()
  counter.press('confirm', ...SIGN_OFF)
  expect(counter.said()).toBe('signOff.batchOpen')
  expect(counter.state()).toMatchObject({ link: 'up', session: { operator: '01' } })
})

test('while a reversal is owed there is no sign-off', () => {
  const counter = opened()
  counter.ask(20)
  counter.presentCard()
  counter.tell({ type: 'hostSilent', stan: counter.state().reversal?.stan ?? '' })
  expect(counter.state().reversal).not.toBeNull()
  counter.press('confirm', ...SIGN_OFF)
  expect(counter.state().link).toBe('up')
  expect(counter.dos()).not.toContain('signOff')
})

test('where the acquirer wants it, the closed batch signs the terminal off and its message stays', () => {
  const { counter, answer } = settling(1, wanted)
  answer('1')
  answer('00')
  expect(counter.state()).toMatchObject({ link: 'signedOff', settlement: null, inBatch: 0 })
  expect([counter.step(), counter.said()]).toEqual(['signIn', 'settle.done'])
  counter.tell({ type: 'signOffEnded', outcome: 'accepted', code: '' })
  expect(counter.said()).toBe('settle.done')
})

test('a batch that closes while the cashier looks for a record does not end the day', () => {
  const { counter, answer } = settling(1, wanted)
  counter.tell({ type: 'batchUnanswered', stan: counter.state().settlement?.out ?? '' })
  counter.tell({ type: 'timerFired', timer: 'batch' })
  counter.press('menu', '7')
  expect(counter.step()).toBe('findOriginal')
  answer('1')
  answer('00')
  expect(counter.state()).toMatchObject({ link: 'up', settlement: null })
  expect(counter.step()).toBe('findOriginal')
})

test('a download that was under way when the terminal signed off is fetched after the next sign-on; its late end, or that of a notice, wakes nobody', () => {
  const counter = opened()
  counter.tell({ type: 'hostAsked', request: 5 })
  counter.press(...SIGN_OFF)
  counter.tell(ended('aids'))
  counter.tell({ type: 'noticeEnded', notice: 'x', outcome: 'unreachable' })
  expect(counter.state()).toMatchObject({ link: 'signedOff', upkeep: { running: null } })
  signIn(counter)
  expect(counter.tell({ type: 'signedOn', batch: '000001' })).toMatchObject([
    { do: 'download', download: 'aids' },
  ])
})

test('after a power cut the terminal signs on by itself, whether it was signed off or not', () => {
  const counter = opened()
  counter.press(...SIGN_OFF)
  expect(counter.restart()).toContainEqual(expect.objectContaining({ do: 'signOn' }))
})

const wanted = { ...SETUP, host: { ...SETUP.host, signOffAfterSettlement: true } }

function opened(): Counter {
  const counter = counterFrom()
  counter.open()
  return counter
}

function signIn(counter: Counter) {
  const page = pageName(counter.state())
  return counter.tell({ type: 'operatorChecked', page, operator: '01', correct: true })
}
