import { expect, test } from 'vitest'
import { type Effect, mustBeDurable } from '#core/terminal/effect.ts'

type Name = Effect['do']

const durable = (name: Name): boolean => mustBeDurable({ do: name })

const LEAVES_THE_TERMINAL: readonly Name[] = [
  'sendRequest',
  'sendReversal',
  'sendQuery',
  'sendAdvice',
  'sendNotice',
  'sendSignature',
  'sendBatch',
  'signOn',
  'signOff',
]
const IS_SEEN_OR_KEPT: readonly Name[] = [
  'print',
  'exportSlips',
  'sealPan',
  'dropSealedPan',
  'keepRecord',
  'keepIncident',
  'beginDrill',
  'endDrill',
]
/** A start after a cut asks anew, and nobody outside has heard of it. */
const MAY_BE_FORGOTTEN: readonly Name[] = [
  'readCard',
  'cancelCardRead',
  'armScanner',
  'disarmScanner',
  'requestPin',
  'cancelPin',
  'completeCard',
  'forgetTender',
  'findRecord',
  'searchRecords',
  'gatherBatch',
  'probeLink',
  'download',
  'startTimer',
  'stopTimer',
]

test.each(LEAVES_THE_TERMINAL)('%s is in the journal before a byte of it leaves', (name) => {
  expect(durable(name)).toBe(true)
})

test.each(IS_SEEN_OR_KEPT)('%s is in the journal before anybody can hold it', (name) => {
  expect(durable(name)).toBe(true)
})

test.each(MAY_BE_FORGOTTEN)('%s waits for no disk', (name) => {
  expect(durable(name)).toBe(false)
})
