/** Slips as files, when the printer is gone for good: which may be, which are, and what becomes of them. */
import { expect, test } from 'vitest'
import { message } from '#core/message.ts'
import type { DeviceTrouble } from '#core/ports/device.ts'
import { exportSlips, mayExport, onSlipsExported } from '#core/receipt/export-slips.ts'
import type { SlipJobState } from '#core/receipt/slip-job.ts'
import { NOON } from '../counter.ts'
import { everyJob, inTrouble, jobOf, OPEN, queueOf, slipOf } from './queues.ts'

const WELL = queueOf(...everyJob())
const GONE = inTrouble(WELL, 'gone')
const LATE = { mark: { kind: 'late' } } as const

test.each<[DeviceTrouble, boolean]>([
  ['gone', true],
  ['wrongDevice', true],
  ['noAnswer', true],
  ['garbled', true],
  ['paperOut', false],
  ['coverOpen', false],
  ['cutterJammed', false],
  ['headHot', false],
])('%s: somebody at the counter may be unable to end it: %s', (trouble, may) => {
  expect(mayExport(inTrouble(WELL, trouble))).toBe(may)
})

test.each<[SlipJobState, boolean]>([
  ['queued', true],
  ['awaitingTear', true],
  ['owed', true],
  ['printing', false],
  ['unsure', false],
  ['printed', false],
  ['waived', false],
])('a slip that is %s can be saved: %s', (state, may) => {
  const slips = [jobOf('A', 'printed'), jobOf('B', state)]
  expect(mayExport({ ...GONE, slips })).toBe(may)
})

test('what waits is written, marked as late, with the tone of a key and in place of what was said', () => {
  const saying = { ...GONE, message: message('mend.plugIn') }
  expect(exportSlips(saying)).toEqual({
    state: { ...GONE, message: null, tone: 'key' },
    effects: [
      {
        do: 'exportSlips',
        slips: ['queued', 'awaitingTear', 'owed'].map((job) => slipOf(job, LATE)),
      },
    ],
    refused: null,
  })
})

test('with a printer that is well nothing is written', () => {
  expect(exportSlips(WELL)).toEqual({ state: WELL, effects: [], refused: 'nothingOwed' })
})

test('of those that were written each that still waits is for a person to say; the others stay as they are', () => {
  const jobs = ['queued', 'owed', 'printing', 'printed']
  const { refused, state } = onSlipsExported(GONE, { type: 'slipsExported', at: NOON, jobs })
  expect(refused).toBeNull()
  const written = (job: string) => jobOf(job, 'unsure', LATE)
  expect(state).toEqual({
    ...GONE,
    message: message('slip.exported', { count: '4' }),
    tone: 'confirmed',
    slips: everyJob().map((job) =>
      ['queued', 'owed'].includes(job.slip.job) ? written(job.slip.job) : job,
    ),
  })
})

test('none could be written: that is said, and nothing else changes', () => {
  const { state } = onSlipsExported(GONE, { type: 'slipsExported', at: NOON, jobs: [] })
  expect(state).toEqual({ ...GONE, message: message('slip.notExported'), tone: 'refused' })
  expect(mayExport({ ...OPEN, slips: [] })).toBe(false)
})
