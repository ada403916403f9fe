/** Limits of taps without PIN and signature as the acquirer sends them (0800, 60.3 = 394). */
import { expect, test } from 'vitest'
import { readContactlessRun } from '#shell/downloads/contactless-run.ts'
import { keptContactless } from '#shell/downloads/downloads.ts'
import { NOTHING_TO_FETCH } from '../../rig/acquirer/host/downloads.ts'
import { openLink, startHost } from './bench.ts'

const SENT = {
  FF805D: 'something that nobody here uses',
  FF8058: '000000030000',
  FF8054: '1',
  FF8059: '000000010000',
  FF805A: '1',
  FF8057: '1',
}
const READ = { noPinMinor: 30_000, noSignatureMinor: 10_000 }

test('the limits are fetched, told, kept, and read again after a power cut', async () => {
  const host = await startHost({ downloads: { ...NOTHING_TO_FETCH, contactless: SENT } })
  const link = openLink({ ports: [host.port] })
  expect(await fetchLimits(link)).toMatchObject({ outcome: 'kept', entries: 1, contactless: READ })
  expect(keptContactless(link.downloads)).toEqual(READ)
})

test.each([
  ['what is no amount', { FF8058: '00000003000A' }],
  ['an amount that is too short', { FF8058: '30000' }],
  ['what is no switch', { ...SENT, FF8054: 'yes' }],
  ['no signature limit that can be read', { ...SENT, FF8059: '' }],
  ['nothing', {}],
])(
  'an acquirer that sends %s is not believed, and the limits of before stay',
  async (_what, contactless) => {
    const good = await startHost({ downloads: { ...NOTHING_TO_FETCH, contactless: SENT } })
    const before = openLink({ ports: [good.port] })
    await fetchLimits(before)
    const bad = await startHost({ downloads: { ...NOTHING_TO_FETCH, contactless } })
    const after = openLink({ ports: [bad.port], downloads: before.downloads })
    const ended = await fetchLimits(after)
    expect(ended).toMatchObject({ outcome: 'unusable' })
    expect(ended.contactless).toBeUndefined()
    expect(keptContactless(after.downloads)).toEqual(READ)
  },
)

test('an acquirer that has no such message leaves the limit that the technician wrote', async () => {
  const link = openLink({ ports: [(await startHost()).port] })
  expect(await fetchLimits(link)).toMatchObject({ outcome: 'refused', code: '40' })
  expect(keptContactless(link.downloads)).toBeNull()
})

test('a run that is cut anywhere but between two values is no run; off is a limit of nothing', () => {
  const whole = 'FF8058012000000030000FF80540011'
  const bytes = (text: string) => Buffer.from(text, 'latin1')
  expect(readContactlessRun(bytes(whole))).toEqual({ noPinMinor: 30_000, noSignatureMinor: null })
  const readable = Array.from({ length: whole.length }, (_, length) => length).filter(
    (length) => readContactlessRun(bytes(whole.slice(0, length))) !== null,
  )
  expect(readable).toEqual([21])
  expect(readContactlessRun(bytes(`${whole}FF80540010`))).toBeNull()
  expect(readContactlessRun(bytes('FF8058012000000030000FF80540010'))).toEqual({
    noPinMinor: 0,
    noSignatureMinor: 0,
  })
})

function fetchLimits(link: ReturnType<typeof openLink>) {
  return link.acquirer.download({ download: 'contactless', batch: '000001' })
}
