import { expect, test } from 'vitest'
import { neo2ReportLink } from '#drivers/card-reader/neo2/report-link.ts'
import { hidLink } from '#drivers/transport/hid-link.ts'
import type { ReportLink } from '#drivers/transport/report-link.ts'
import { systemClock } from '#shell/system-clock.ts'
import { type HidCable, openHidCable } from '../../rig/sim/card-reader/hid-cable.ts'
import { createVirtualHidBus, type VirtualHid } from '../../rig/sim/hid/virtual-hid.ts'
import { type Counter, cardOf, openCounter, textOf } from './counter.ts'
import { expectedCryptogram, issuerAuthentication, objectsOf, sessionKeyOf } from './host.ts'

const DEBIT_PAN = '6222021001110000012'
const READER = {
  vendorId: 0x0acd,
  productId: 0x4450,
  uses: [{ usagePage: 0xff00, usage: 1 }],
  outputBytes: 64,
}

type HidCounter = Counter & { readonly cable: HidCable; readonly hid: VirtualHid }

async function hidCounter(): Promise<HidCounter> {
  const bus = createVirtualHidBus()
  const hid = bus.add(READER)
  const cable = openHidCable(hid)
  const match = { vendorId: READER.vendorId, productId: READER.productId }
  const reports = hidLink({ access: bus, match, clock: systemClock, reopenEveryMs: 20 })
  return { ...(await openCounter({ cable, link: neo2ReportLink(reports) })), cable, hid }
}

test('a chip card is read and completed over USB HID, in reports that keep the rules', async () => {
  const { reader, sim, cable, hid, ask } = await hidCounter()
  const { outcome } = await ask()
  sim.insert('debit')
  const { emv, pan } = cardOf(await outcome)
  const key = sessionKeyOf(DEBIT_PAN, '01', new Map(objectsOf(emv)).get('9F36') ?? '')
  const cryptogram = expectedCryptogram(key, emv)

  const completion = await reader.complete({
    online: true,
    responseCode: '00',
    issuerData: issuerAuthentication(key, cryptogram, '00'),
  })

  expect(textOf(pan)).toBe(DEBIT_PAN)
  expect(completion).toMatchObject({ kind: 'completed', approved: true })
  expect([sim.state().complaints, cable.complaints, hid.complaints]).toEqual([[], [], []])
})

test('a reader pulled out of its USB port is gone, and is there again within a second of its return', async () => {
  const { sim, cable, healthy } = await hidCounter()
  sim.unplug()
  await healthy(({ troubles }) => troubles.includes('gone'))

  sim.plug()
  const since = performance.now()
  await healthy(({ troubles }) => troubles.length === 0)

  expect(performance.now() - since).toBeLessThan(1000)
  expect(cable.complaints).toEqual([])
})

test('frames of every length are cut into single, first, middle and last reports, and put together again', async () => {
  const { link, sent } = recorder()
  for (const [length, ids] of [
    [1, '1'],
    [63, '1'],
    [64, '2 4'],
    [126, '2 4'],
    [127, '2 3 4'],
    [400, '2 3 3 3 3 3 4'],
  ] as const) {
    sent.length = 0
    const frame = Uint8Array.from({ length }, (_, index) => (index % 255) + 1)
    expect(await link.write(frame)).toBe(true)
    expect(sent.map((report) => report[0]).join(' ')).toBe(ids)
    expect(sent.every((report) => report.length === 64)).toBe(true)
    const joined = Buffer.concat(sent.map((report) => report.subarray(1)))
    expect(joined.subarray(0, length).equals(frame)).toBe(true)
    expect(joined.subarray(length).every((byte) => byte === 0)).toBe(true)
  }
})

test('two frames handed over at once are not mixed', async () => {
  const { link, sent } = recorder()

  await Promise.all([link.write(new Uint8Array(100)), link.write(new Uint8Array(10))])

  expect(sent.map((report) => report[0])).toEqual([2, 4, 1])
})

test('a report that is no part of a frame is dropped, and nothing of the others stays in their bytes', () => {
  const { link, say } = recorder()
  const heard: number[] = []
  link.onBytes((bytes) => heard.push(...bytes))
  const part = Uint8Array.of(1, 0xaa, 0xbb)

  say(Uint8Array.of(9, 1, 2))
  say(part)

  expect(heard).toEqual([0xaa, 0xbb])
  expect([...part]).toEqual([0, 0, 0])
})

/** A report link that takes everything and remembers it. */
function recorder(): {
  link: ReturnType<typeof neo2ReportLink>
  sent: Uint8Array[]
  say: (report: Uint8Array) => void
} {
  const sent: Uint8Array[] = []
  const listeners: ((report: Uint8Array) => void)[] = []
  const reports: ReportLink = {
    state: 'open',
    found: '',
    start() {},
    write(report) {
      sent.push(Uint8Array.from(report))
      return Promise.resolve(true)
    },
    onReport: (listener) => void listeners.push(listener),
    onState() {},
    close: () => Promise.resolve(),
  }
  return {
    link: neo2ReportLink(reports),
    sent,
    say: (report) => {
      for (const listener of listeners) listener(report)
    },
  }
}
