/** The line, row by row: when it is probed, when the terminal signs on, what a sign-on starts, and what is said of one that failed. */
import { expect, test } from 'vitest'
import { newAdvice } from '#core/advice/queue.ts'
import { onLinkProbed, onLinkTimer, onSignedOn, onSignOnFailed, signOn } from '#core/link/decide.ts'
import { linkHindrance } from '#core/link/hindrance.ts'
import { message } from '#core/message.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Refusal } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { CLOSING } from '../batch/settling.ts'
import { CODE_QUERY, NOON } from '../counter.ts'
import { attemptOf } from '../recovery/found-states.ts'
import { host, openState, SERVED } from './at-rest.ts'

const OPEN = openState()
const ECHO = host({ echoEveryMs: 60_000 })
const PROBE: Effect = { do: 'probeLink', batch: '000001' }
const after = (ms: number): Effect => ({ do: 'startTimer', timer: 'link', ms })
const dos = (effects: readonly Effect[]) => effects.map((one) => one.do)

test.each<[TerminalState['link'], Partial<TerminalState>, readonly Effect['do'][] | Refusal]>([
  ['up', {}, ['probeLink']],
  ['up', { step: SERVED }, ['startTimer']],
  ['down', {}, ['probeLink']],
  ['down', { keysReady: false }, ['stopTimer', 'signOn']],
  ['signingOn', {}, 'timerNotRunning'],
  ['signedOff', {}, 'timerNotRunning'],
])('its time has come, and the line is %s (%j): %s', (link, change, does) => {
  const decision = onLinkTimer({ ...OPEN, setup: ECHO, link, ...change })
  expect(decision.refused ?? dos(decision.effects)).toEqual(does)
})

test.each<[TerminalState['link'], boolean, readonly Effect['do'][] | Refusal, string]>([
  ['up', true, ['startTimer'], 'up'],
  ['up', false, ['startTimer'], 'down'],
  ['down', true, ['stopTimer', 'signOn'], 'signingOn'],
  ['down', false, ['startTimer'], 'down'],
  ['signingOn', true, 'notAskedFor', 'signingOn'],
  ['signedOff', true, 'notAskedFor', 'signedOff'],
])('it was probed while %s, alive %s: %s, and then it is %s', (link, alive, does, then) => {
  const decision = onLinkProbed(
    { ...OPEN, setup: ECHO, link },
    { type: 'linkProbed', at: NOON, alive },
  )
  expect(decision.refused ?? dos(decision.effects)).toEqual(does)
  expect(decision.state.link).toBe(then)
})

test('an echo says which batch is open, and without a wish for it none is asked for', () => {
  expect(onLinkTimer({ ...OPEN, link: 'up' }).effects).toEqual([PROBE])
  expect(onLinkProbed(OPEN, { type: 'linkProbed', at: NOON, alive: true }).effects).toEqual([])
  const never = { ...OPEN, setup: host({ echoEveryMs: 0 }) }
  expect(onLinkProbed(never, { type: 'linkProbed', at: NOON, alive: true }).effects).toEqual([])
})

test('a line that is alive again takes the reversal at once, under the keys that are there', () => {
  const reversal = { ...armReversal(attemptOf('sale', '000077')), state: 'owed' as const }
  const woken = onLinkProbed(
    { ...OPEN, link: 'down', reversal },
    { type: 'linkProbed', at: NOON, alive: true },
  )
  expect(dos(woken.effects)).toEqual(['stopTimer', 'signOn', 'stopTimer', 'sendReversal'])
})

test('one sign-on at a time, under a number of its own and the name of whoever is there', () => {
  const { effects, state } = signOn({ ...OPEN, link: 'down' })
  expect(state).toMatchObject({ link: 'signingOn', counters: { stan: OPEN.counters.stan + 1 } })
  expect(effects).toEqual([
    { do: 'stopTimer', timer: 'link' },
    { do: 'signOn', stan: '000002', batch: '000001', operator: '01' },
  ])
  expect(signOn(state)).toEqual({ state, effects: [], refused: null })
  const supervisor = { operator: '00', role: 'supervisor' as const }
  expect(signOn({ ...OPEN, session: supervisor }).effects).toContainEqual(
    expect.objectContaining({ operator: '00' }),
  )
  expect(signOn({ ...OPEN, session: null }).effects).toContainEqual(
    expect.objectContaining({ operator: '01' }),
  )
})

const signedOn = (state: TerminalState, batch = '000001') =>
  onSignedOn({ ...state, link: 'signingOn' }, { type: 'signedOn', at: NOON, batch })

test.each([
  ['000007', 7],
  ['999998', 999_998],
  ['999999', 5],
  ['000004', 5],
  ['000000', 5],
  ['00007', 5],
  ['0000007', 5],
  ['ABCDEF', 5],
  ['', 5],
])('the host names batch "%s" while ours is 5: from now on it is %i', (batch, then) => {
  const { state } = signedOn({ ...OPEN, counters: { ...OPEN.counters, batch: 5 } }, batch)
  expect(state.counters.batch).toBe(then)
})

test('signed on there are keys, and what was said of the line is over; what was said of anything else stays', () => {
  const said = (key: string) => signedOn({ ...OPEN, keysReady: false, message: message(key) }).state
  expect(said('link.down')).toMatchObject({ link: 'up', keysReady: true, message: null })
  expect(said('host.reversed').message).toEqual(message('host.reversed'))
  expect(signedOn({ ...OPEN, message: null }).state.message).toBeNull()
})

const REFUND = { ...newAdvice(attemptOf('refund', '000066')), state: 'waiting' as const }
const OWED = { ...armReversal(attemptOf('sale', '000077')), state: 'owed' as const }
const CODE = {
  kind: 'code',
  code: { handle: 'code-1', channel: 'wechat', masked: '6741', fingerprint: 'F1' },
} as const
const BY_CODE = { ...attemptOf('sale', '000077'), tender: CODE }
const QUERY = {
  attempt: BY_CODE,
  out: '',
  tries: 0,
  waitedMs: 0,
  cancelAsked: false,
  cancelsBeforeHelp: 3,
}
const ASKING = { ...armReversal(BY_CODE, QUERY), state: 'asking' as const }

test.each<[string, Partial<TerminalState>, readonly Effect['do'][]]>([
  ['nothing', {}, []],
  ['a reversal', { reversal: OWED, advice: REFUND }, ['sendReversal']],
  ['a code payment asked about', { reversal: ASKING }, ['sendQuery']],
  ['a refund', { advice: REFUND }, ['sendAdvice']],
  ['a settlement', { settlement: CLOSING }, ['sendBatch']],
])('signed on, what is owed leaves, a reversal before all else: %s', (_what, change, leaves) => {
  const setup = host({ codeQuery: CODE_QUERY })
  const { effects } = signedOn({ ...OPEN, setup, ...change })
  expect(dos(effects).filter((one) => one.startsWith('send'))).toEqual(leaves)
})

test('and the next echo is asked for', () => {
  expect(signedOn({ ...OPEN, setup: ECHO }).effects).toEqual([after(60_000)])
})

test.each([
  ['refused', 'link.signOnRefused'],
  ['unusable', 'link.signOnRefused'],
  ['keyCheck', 'link.keyCheck'],
  ['noMasterKey', 'link.keyCheck'],
  ['unreachable', null],
  ['silent', null],
] as const)('a sign-on that was %s is told as %s, and is tried again', (why, said) => {
  const failed = (step: Step) =>
    onSignOnFailed(
      { ...OPEN, link: 'signingOn', step, message: null },
      { type: 'signOnFailed', at: NOON, why, code: '97' },
    )
  const idle: readonly Step[] = [
    { kind: 'amount', typed: '' },
    { kind: 'signIn' },
    { kind: 'confirmAmount', order: SERVED.order, typed: '12' },
  ]
  for (const step of idle) {
    const { effects, state } = failed(step)
    expect([state.message?.key ?? null, state.link]).toEqual([said, 'down'])
    expect(effects).toEqual([after(10_000)])
  }
  // Elsewhere another message stands.
  expect(failed({ kind: 'menu', sheet: 0 }).state.message).toBeNull()
})

test('a sign-on that was asked for and is not answered is not said to be under way', () => {
  const silent = (key: string) =>
    onSignOnFailed(
      { ...OPEN, link: 'signingOn', message: message(key) },
      { type: 'signOnFailed', at: NOON, why: 'silent', code: '' },
    ).state.message?.key
  expect(silent('link.signingOn')).toBe('link.down')
  expect(silent('host.reversed')).toBe('host.reversed')
})

test('a refusal names its code', () => {
  const event = { type: 'signOnFailed', at: NOON, why: 'refused', code: '97' } as const
  expect(onSignOnFailed(OPEN, event).state.message?.params).toEqual({ code: '97' })
})

test.each([
  ['up', null],
  ['down', 'link.down'],
  ['signingOn', 'link.signingOn'],
  ['signedOff', 'link.signedOff'],
] as const)('while the line is %s, what is in the way is %s', (link, why) => {
  expect(linkHindrance({ ...OPEN, link })?.key ?? null).toBe(why)
})
