import { expect, test } from 'vitest'
import { pageName } from '#core/terminal/decision.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { CLOSING } from '../batch/settling.ts'
import { type Counter, counterFrom, ended, NOON, SETUP } from '../counter.ts'

const HOUR_MS = 3_600_000

test('the host asks for a new sign-on with its approval: it is done once the result is shown', () => {
  const counter = selling()
  counter.tell({ type: 'hostAsked', request: 3 })
  expect(counter.dos()).toEqual([])
  counter.reply()
  expect(counter.step()).toBe('result')
  expect(counter.dos()).toContain('signOn')
  expect(counter.state().link).toBe('signingOn')
})

test.each([
  [1, 'parameters'],
  [4, 'caKeys'],
  [5, 'aids'],
  [7, 'blacklist'],
] as const)('the host asks by nibble %i: %s are fetched while nobody pays', (request, download) => {
  const counter = opened()
  const told = counter.tell({ type: 'hostAsked', request })
  expect(told).toEqual([{ do: 'download', download, batch: '000001' }])
})

test('a wish of the host that is not offered changes nothing', () => {
  const counter = opened()
  expect(counter.tell({ type: 'hostAsked', request: 6 })).toEqual([])
  expect(counter.tell({ type: 'hostAsked', request: 0 })).toEqual([])
})

test("what the host means by a request is the acquirer's: nibble 4 may ask for what 5 asks for elsewhere", () => {
  const counter = opened({ requests: { '4': 'aids' } })
  const told = counter.tell({ type: 'hostAsked', request: 4 })
  expect(told).toEqual([{ do: 'download', download: 'aids', batch: '000001' }])
  expect(counter.tell({ type: 'hostAsked', request: 5 })).toEqual([])
})

test('downloads go one after the other, each once however often the host asks', () => {
  const counter = opened()
  counter.tell({ type: 'hostAsked', request: 4 })
  counter.tell({ type: 'hostAsked', request: 4 })
  counter.tell({ type: 'hostAsked', request: 5 })
  expect(counter.dos()).toEqual([])
  expect(counter.tell(ended('caKeys'))).toMatchObject([{ do: 'download', download: 'aids' }])
  expect(counter.tell(ended('aids'))).toEqual([])
})

test('while a reversal is owed nothing is fetched', () => {
  const counter = selling()
  counter.tell({ type: 'hostAsked', request: 1 })
  counter.tell({ type: 'hostSilent', stan: counter.state().reversal?.stan ?? '' })
  expect(counter.dos()).not.toContain('download')
  counter.replyToReversal('00')
  expect(counter.dos()).toContain('download')
})

test('while a batch is being closed nothing is fetched and nobody signs on anew', () => {
  const open = opened()
  const settlement = { ...CLOSING, out: '000009' }
  const counter = counterFrom({ ...open.state(), settlement })
  expect(counter.tell({ type: 'hostAsked', request: 3 })).toEqual([])
  expect(counter.tell({ type: 'hostAsked', request: 5 })).toEqual([])
  expect(counter.state().upkeep?.due).toEqual(['signOn', 'aids'])
})

test('what was never downloaded is fetched after the sign-on, and not again after the next', () => {
  const counter = started({ downloads: ['aids'] })
  expect(counter.tell({ type: 'signedOn', batch: '000001' })).toMatchObject([
    { do: 'download', download: 'aids' },
  ])
  counter.tell(ended('aids'))
  counter.restart()
  counter.tell({ type: 'started', setup: setupWith({ downloads: ['aids'] }), keysReady: true })
  expect(counter.tell({ type: 'signedOn', batch: '000001' })).toEqual([])
})

test('a download that was cut off by the power is fetched after the next sign-on', () => {
  const counter = started({ downloads: ['caKeys'] })
  counter.tell({ type: 'signedOn', batch: '000001' })
  counter.tell({ type: 'started', setup: setupWith({ downloads: ['caKeys'] }), keysReady: true })
  expect(counter.tell({ type: 'signedOn', batch: '000001' })).toMatchObject([
    { do: 'download', download: 'caKeys' },
  ])
})

test.each(['silent', 'notWritten', 'unusable'] as const)(
  'a download that came to nothing (%s) is left alone until the next sign-on, and then fetched again',
  (outcome) => {
    const counter = opened()
    counter.tell({ type: 'hostAsked', request: 5 })
    expect(counter.tell({ ...ended('aids'), outcome })).toEqual([])
    expect(counter.state().upkeep?.downloaded).toEqual([])
    expect(counter.tell({ type: 'signedOn', batch: '000001' })).toMatchObject([
      { do: 'download', download: 'aids' },
    ])
    counter.tell(ended('aids'))
    expect(counter.tell({ type: 'signedOn', batch: '000001' })).toEqual([])
  },
)

test('a download that the host asked for goes on while the cashier signs on again: what it brings is taken, and what it does not is asked for anew', () => {
  const counter = opened()
  counter.tell(ended('parameters'))
  counter.tell({ type: 'hostAsked', request: 1 })
  counter.tell(ended('parameters'))
  counter.tell({ type: 'hostAsked', request: 1 })
  signOnAgain(counter)
  counter.tell({ ...ended('parameters'), replyTimeoutMs: 45_000 })
  expect(counter.state().setup.host.replyTimeoutMs).toBe(45_000)
  expect(counter.tell({ type: 'signedOn', batch: '000001' })).toEqual([])
  counter.tell({ type: 'hostAsked', request: 1 })
  signOnAgain(counter)
  counter.tell({ ...ended('parameters'), outcome: 'silent' })
  expect(counter.tell({ type: 'signedOn', batch: '000001' })).toMatchObject([
    { do: 'download', download: 'parameters' },
  ])
})

test('a cashier who asks for a sign-on twice gets one', () => {
  const counter = opened()
  signOnAgain(counter)
  counter.press('menu', '4')
  expect(counter.dos()).not.toContain('signOn')
  expect([counter.state().link, counter.said()]).toEqual(['signingOn', 'link.signingOn'])
})

test('parameter 12 of the host sets how long a sale waits', () => {
  const counter = opened()
  counter.tell({ type: 'hostAsked', request: 1 })
  counter.tell({ ...ended('parameters'), replyTimeoutMs: 45_000 })
  expect(counter.state().setup.host.replyTimeoutMs).toBe(45_000)
})

test('an idle line is probed, and each echo that is answered asks for the next', () => {
  const counter = started({ echoEveryMs: 60_000 })
  expect(counter.tell({ type: 'signedOn', batch: '000001' })).toContainEqual(timer(60_000))
  expect(counter.tell({ type: 'timerFired', timer: 'link' })).toMatchObject([{ do: 'probeLink' }])
  expect(counter.tell({ type: 'linkProbed', alive: true })).toEqual([timer(60_000)])
})

test('while a customer pays the echo waits for its next turn', () => {
  const counter = selling({ echoEveryMs: 60_000 })
  expect(counter.tell({ type: 'timerFired', timer: 'link' })).toEqual([timer(60_000)])
})

test('an echo without answer takes the link down; each further failure doubles the pause up to its limit', () => {
  const counter = started({ echoEveryMs: 60_000, linkRetryMs: 1000, linkRetryMostMs: 3000 })
  counter.tell({ type: 'signedOn', batch: '000001' })
  const pauses = [1000, 2000, 3000, 3000]
  for (const pause of pauses)
    expect(counter.tell({ type: 'linkProbed', alive: false })).toEqual([timer(pause)])
  expect(counter.state().link).toBe('down')
  counter.tell({ type: 'linkProbed', alive: true })
  counter.tell({ type: 'signedOn', batch: '000001' })
  expect(counter.tell({ type: 'linkProbed', alive: false })).toEqual([timer(1000)])
})

test('a sign-on older than a day is made anew while nobody pays', () => {
  const counter = opened({ signOnEveryMs: 24 * HOUR_MS })
  counter.tell({ type: 'linkProbed', alive: true })
  expect(counter.dos()).not.toContain('signOn')
  const yesterday = { ...counter.state().upkeep, signedOnAt: NOON - 24 * HOUR_MS }
  const { due = [], running = null, downloaded = [], failures = 0, signedOnAt } = yesterday
  const later = counterFrom({
    ...counter.state(),
    upkeep: { due, running, downloaded, failures, signedOnAt },
  })
  later.tell({ type: 'linkProbed', alive: true })
  expect(later.dos()).toContain('signOn')
})

test('a reversal answered under a wrong MAC key fetches new keys, but not with every try', () => {
  const counter = selling()
  counter.reply({}, 'bad')
  expect(counter.state().reversal).toMatchObject({ state: 'sent', reason: 'A0', tries: 1 })
  counter.replyToReversal('00', 'bad')
  expect(counter.dos()).toContain('signOn')
  expect(counter.tell({ type: 'signedOn', batch: '000001' })).toContainEqual(
    expect.objectContaining({ do: 'sendReversal' }),
  )
  counter.replyToReversal('00', 'bad')
  expect(counter.dos()).not.toContain('signOn')
  expect(counter.state().reversal).toMatchObject({ state: 'owed', tries: 2 })
})

test('a late approval is written down and decides nothing', () => {
  const counter = opened()
  const before = counter.state()
  const stray = { mti: '0210', stan: '000001', code: '00', mac: 'good' } as const
  expect(counter.tell({ type: 'strayAnswerCame', ...stray })).toEqual([])
  expect(counter.state()).toEqual({ ...before, at: counter.state().at, tone: null })
})

type HostSetup = Partial<Setup['host']>

function setupWith(host: HostSetup): Setup {
  return { ...SETUP, host: { ...SETUP.host, ...host } }
}

function opened(host: HostSetup = {}): Counter {
  const counter = started(host)
  counter.tell({ type: 'signedOn', batch: '000001' })
  return counter
}

/** Woken with this configuration and signing on. */
function started(host: HostSetup): Counter {
  const counter = counterFrom()
  counter.open()
  counter.tell({ type: 'started', setup: setupWith(host), keysReady: true })
  return counter
}

/** A request is out. */
function selling(host: HostSetup = {}): Counter {
  const counter = counterFrom()
  counter.open()
  const state = { ...counter.state(), setup: setupWith(host) }
  const busy = counterFrom(state)
  busy.ask(38)
  busy.presentCard()
  return busy
}

function timer(ms: number): { do: 'startTimer'; timer: 'link'; ms: number } {
  return { do: 'startTimer', timer: 'link', ms }
}

/** The cashier signs on by hand. */
function signOnAgain(counter: Counter): void {
  if (counter.step() === 'signIn') {
    const page = pageName(counter.state())
    counter.tell({ type: 'operatorChecked', page, operator: '01', correct: true })
  }
  counter.press('cancel', 'menu', '4')
  expect(counter.state().link).toBe('signingOn')
}
