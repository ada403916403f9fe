import { expect, test } from 'vitest'
import type { Chore } from '#core/link/chore.ts'
import { linkFaults, watchLink } from '#core/link/link-faults.ts'
import { withUpkeep } from '#core/link/upkeep.ts'
import { refuse, stay } from '#core/terminal/decision.ts'
import type { TerminalEvent } from '#core/terminal/event.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

test('one wrong MAC is taken back and raises no alarm', () => {
  const counter = opened()
  sell(counter, 'bad')
  expect(linkFaults(counter.state())).toEqual([])
})

test('three wrong MACs in a row raise the alarm and ask for new keys, and a good one ends it', () => {
  const counter = opened()
  sell(counter, 'bad')
  counter.replyToReversal('00', 'bad')
  expect(linkFaults(counter.state())).toEqual([])
  again(counter)
  counter.replyToReversal('00', 'bad')
  expect(linkFaults(counter.state())).toEqual(['macFailures'])
  again(counter)
  const told = counter.replyToReversal('00', 'good')
  expect(linkFaults(counter.state())).toEqual([])
  expect(told).toContainEqual(expect.objectContaining({ do: 'signOn' }))
})

test('a good MAC in between begins the count anew', () => {
  const counter = opened({ macFailuresMost: 2 })
  sell(counter, 'bad')
  counter.replyToReversal('00', 'good')
  expect(counter.state().upkeep?.macFailures).toBe(0)
  counter.press('cancel')
  sell(counter, 'bad')
  expect(linkFaults(counter.state())).toEqual([])
})

test('an approval without MAC counts as a wrong one; a refusal without one counts neither way', () => {
  const counter = opened({ macFailuresMost: 1 })
  counter.ask(5)
  counter.presentCard()
  counter.reply({ '39': '51' }, 'absent')
  expect(linkFaults(counter.state())).toEqual([])
  counter.press('cancel')
  sell(counter, 'absent')
  expect(linkFaults(counter.state())).toEqual(['macFailures'])
  counter.replyToReversal('96', 'absent')
  expect(linkFaults(counter.state())).toEqual(['macFailures'])
})

test('the alarm outlives a restart', () => {
  const counter = opened({ macFailuresMost: 1 })
  sell(counter, 'bad')
  counter.restart()
  expect(linkFaults(counter.state())).toEqual(['macFailures'])
})

test('an answer to nothing that was asked does not count: whoever sends noise raises no alarm', () => {
  const counter = opened({ macFailuresMost: 1 })
  const stray = { mti: '0210', stan: '000009', code: '00', mac: 'bad' } as const
  counter.tell({ type: 'strayAnswerCame', ...stray })
  counter.tell({
    type: 'hostReplied',
    stan: '000009',
    reply: { mti: '0210', mac: 'bad', fields: {} },
  })
  expect(linkFaults(counter.state())).toEqual([])
})

test.each(['keyCheck', 'noMasterKey'] as const)(
  'a sign-on that brings no usable keys (%s) stands as a fault until one does',
  (why) => {
    const counter = opened()
    counter.tell({ type: 'hostAsked', request: 3 })
    counter.tell({ type: 'signOnFailed', why, code: 'mac' })
    expect(linkFaults(counter.state())).toEqual(['keysMissing'])
    counter.tell({ type: 'signedOn', batch: '000001' })
    expect(linkFaults(counter.state())).toEqual([])
  },
)

type Replied = Extract<
  TerminalEvent['type'],
  'hostReplied' | 'reversalReplied' | 'queryReplied' | 'adviceReplied'
>
const seen = (type: Replied, code: string, mac: HostReply['mac'], state: TerminalState) => {
  const reply: HostReply = { mti: '0210', mac, fields: code === '' ? {} : { '39': code } }
  const named = { at: 0, stan: '', reversal: '', advice: '', reply }
  return watchLink({ type, ...named }, stay(state)).state
}

test.each<[string, string, HostReply['mac'], number]>([
  ['an approval with a wrong MAC', '00', 'bad', 2],
  ['a refusal with a wrong MAC', '51', 'bad', 2],
  ['an approval without a MAC', '00', 'absent', 2],
  ['a refusal without a MAC', '51', 'absent', 1],
  ['no word at all, without a MAC', '', 'absent', 1],
  ['anything with a good one', '51', 'good', 0],
])('%s: after one in a row there are %s %s %i', (_what, code, mac, then) => {
  const state = opened().state()
  const once = seen('hostReplied', '00', 'bad', state)
  for (const type of ['hostReplied', 'reversalReplied', 'queryReplied', 'adviceReplied'] as const)
    expect(seen(type, code, mac, once).upkeep?.macFailures).toBe(then)
  const refused = refuse(once, 'lateAnswer')
  const event = { type: 'signedOn', at: 0, batch: '' } as const
  expect(watchLink(event, refused)).toBe(refused)
})

test('keys are asked for with every third wrong one, once', () => {
  const due = (macFailures: number, before: readonly Chore[]) => {
    const state = withUpkeep(opened().state(), { macFailures, due: before })
    return seen('hostReplied', '00', 'bad', state).upkeep
  }
  expect(due(1, [])).toMatchObject({ macFailures: 2, due: [] })
  expect(due(2, ['aids'])).toMatchObject({ macFailures: 3, due: ['signOn', 'aids'] })
  expect(due(3, [])).toMatchObject({ macFailures: 4, due: [] })
  expect(due(5, ['signOn'])).toMatchObject({ macFailures: 6, due: ['signOn'] })
})

test('a sign-on that only went unanswered says nothing about the keys', () => {
  const counter = opened()
  counter.tell({ type: 'hostAsked', request: 3 })
  counter.tell({ type: 'signOnFailed', why: 'silent', code: '' })
  expect(linkFaults(counter.state())).toEqual([])
})

/** A sale whose answer says 00 with such a MAC. */
function sell(counter: Counter, mac: 'good' | 'bad' | 'absent'): void {
  counter.ask(5)
  counter.presentCard()
  counter.reply({}, mac)
}

/** The reversal leaves once more: after the sign-on that it asked for, or when its time has come. */
function again(counter: Counter): void {
  if (counter.state().link === 'signingOn') counter.tell({ type: 'signedOn', batch: '000001' })
  else counter.tell({ type: 'timerFired', timer: 'reversal' })
}

function opened(host: Partial<Setup['host']> = {}): Counter {
  const counter = counterFrom(undefined, { ...SETUP, host: { ...SETUP.host, ...host } })
  counter.open()
  return counter
}
