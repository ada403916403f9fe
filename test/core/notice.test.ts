/** What an issuer's scripts did on a chip is told to the acquirer when the line is free, and holds nobody up. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { ScriptSubject } from '#core/notice/script-notice.ts'
import { type Counter, counterFrom, SETUP } from './counter.ts'

const SUBJECT: ScriptSubject = {
  id: '000001-000007',
  batch: '000001',
  processingCode: '000000',
  amountMinor: minor(2500),
  entryMode: '052',
  panSequence: '001',
  originalData: '0000010000071121',
  emv: '9F1A020156',
}
const RESULT = 'DF31052000000001'

function shop(scriptNoticeTries = 2): Counter {
  const host = { ...SETUP.host, scriptNoticeTries }
  const counter = counterFrom(undefined, { ...SETUP, host })
  counter.open()
  return counter
}

const scriptsRan = (counter: Counter, id = SUBJECT.id): void => {
  counter.tell({ type: 'scriptsRan', subject: { ...SUBJECT, id }, emv: RESULT })
}
const ended = (counter: Counter, outcome: 'answered' | 'silent' | 'unreachable') =>
  counter.tell({ type: 'noticeEnded', notice: SUBJECT.id, outcome })
const notices = (counter: Counter) => counter.state().notices ?? []

test('a quiet counter: the notice leaves at once under a number of its own, and an answer ends it', () => {
  const counter = shop()
  scriptsRan(counter)
  expect(counter.dos()).toEqual(['sendNotice'])
  expect(notices(counter)).toMatchObject([{ id: SUBJECT.id, emv: RESULT, tries: 0 }])
  ended(counter, 'answered')
  expect(notices(counter)).toEqual([])
})

test('a customer is about to pay: the notice waits until nobody does', () => {
  const counter = shop()
  counter.ask(25)
  scriptsRan(counter)
  expect(counter.dos()).toEqual([])
  counter.press('cancel')
  expect(counter.dos()).toContain('sendNotice')
})

test('silence: told once more, then given up, because no money hangs on it', () => {
  const counter = shop(2)
  scriptsRan(counter)
  const { stan } = notices(counter)[0] ?? {}
  ended(counter, 'silent')
  expect(counter.dos()).toEqual(['sendNotice'])
  expect(notices(counter)).toMatchObject([{ stan, tries: 1 }])
  ended(counter, 'silent')
  expect([counter.dos(), notices(counter)]).toEqual([[], []])
})

test('the line is away: no try is counted, and the notice goes with the next sign-on', () => {
  const counter = shop(1)
  scriptsRan(counter)
  // Nothing else would ever try the line again.
  expect(ended(counter, 'unreachable')).toEqual([
    { do: 'startTimer', timer: 'link', ms: SETUP.host.linkRetryMs },
  ])
  expect(counter.state().link).toBe('down')
  expect(notices(counter)).toMatchObject([{ tries: 0 }])
  counter.tell({ type: 'linkProbed', alive: true })
  counter.tell({ type: 'signedOn', batch: '000001' })
  expect(counter.dos()).toContain('sendNotice')
})

test('a notice that cannot leave although the line is alive is given up: it would take the line down for ever', () => {
  const counter = shop()
  scriptsRan(counter)
  let downs = 0
  while (notices(counter).length > 0 && downs < 20) {
    ended(counter, 'unreachable')
    downs += 1
    counter.tell({ type: 'linkProbed', alive: true })
    counter.tell({ type: 'signedOn', batch: '000001' })
  }
  expect(downs).toBe(5)
  expect(counter.state().link).toBe('up')
})

test('a power cut while it is out: it leaves again after the sign-on, under the same number', () => {
  const counter = shop()
  scriptsRan(counter)
  const { stan } = notices(counter)[0] ?? {}
  counter.restart()
  counter.tell({ type: 'signedOn', batch: '000001' })
  expect(counter.dos()).toContain('sendNotice')
  expect(notices(counter)).toMatchObject([{ stan }])
})

test('one after the other, and never the same twice', () => {
  const counter = shop()
  scriptsRan(counter)
  scriptsRan(counter, '000001-000008')
  scriptsRan(counter)
  expect(notices(counter).map(({ id }) => id)).toEqual([SUBJECT.id, '000001-000008'])
  expect(counter.dos()).toEqual([])
  ended(counter, 'answered')
  expect(counter.dos()).toEqual(['sendNotice'])
})

test('silence leaves the line up, and the oldest makes room when too many chips ran scripts', () => {
  const counter = shop()
  for (let at = 0; at < 22; at++) scriptsRan(counter, `000001-0001${String(at).padStart(2, '0')}`)
  expect(notices(counter)).toHaveLength(20)
  expect(notices(counter)[0]?.id).toBe('000001-000102')
  counter.tell({ type: 'noticeEnded', notice: '000001-000102', outcome: 'silent' })
  expect(counter.state().link).toBe('up')
})

test('an acquirer without such a message hears nothing', () => {
  const counter = shop(0)
  scriptsRan(counter)
  expect([counter.dos(), notices(counter)]).toEqual([[], []])
})

test('an answer that nobody waits for changes nothing', () => {
  const counter = shop()
  scriptsRan(counter)
  ended(counter, 'answered')
  const before = counter.state()
  ended(counter, 'answered')
  expect(counter.state().notices).toEqual(before.notices)
})
