import { expect, onTestFinished, test } from 'vitest'
import { createHidPosScanner } from '#drivers/qr-scanner/hid-pos/driver.ts'
import { USAGE_PAGE_SCANNER } from '#drivers/qr-scanner/hid-pos/report.ts'
import type { TriggerFamily } from '#drivers/qr-scanner/serial/trigger.ts'
import { hidLink } from '#drivers/transport/hid-link.ts'
import {
  createVirtualHidBus,
  type VirtualHid,
  type VirtualHidBus,
  type VirtualHidDescription,
} from '../../../rig/sim/hid/virtual-hid.ts'
import {
  type HidScannerSim,
  startHidScannerSim,
} from '../../../rig/sim/qr-scanner/hid-scanner-sim.ts'
import { realClock } from '../../transport/real-clock.ts'

const CODE = '280000000000000017'
const OTHER_CODE = '130000000000000025'
const LONG_CODE = `https://qr.95516.com/00010002/${'6'.repeat(80)}`

const SCANNER: VirtualHidDescription = {
  vendorId: 0x0c2e,
  productId: 0x0b61,
  serialNumber: 'SN1',
  product: 'Area-Imaging Scanner',
  uses: [{ usagePage: 0x8c, usage: 0x02 }],
  outputBytes: 64,
}
const KEYBOARD: VirtualHidDescription = { ...SCANNER, uses: [{ usagePage: 1, usage: 6 }] }

type Bench = {
  readonly bus: VirtualHidBus
  readonly hid: VirtualHid
  readonly sim: HidScannerSim
  readonly scanner: ReturnType<typeof createHidPosScanner>
  readonly reads: string[]
}

function bench(
  options: { trigger?: TriggerFamily; description?: VirtualHidDescription; serial?: string } = {},
): Bench {
  const { trigger = 'none', description = SCANNER, serial } = options
  const bus = createVirtualHidBus()
  const hid = bus.add(description)
  const sim = startHidScannerSim(hid)
  const clock = realClock()
  const match = {
    vendorId: 0x0c2e,
    productId: 0x0b61,
    serialNumber: serial,
    usagePage: USAGE_PAGE_SCANNER,
  }
  const link = hidLink({ access: bus, match, clock, reopenEveryMs: 20 })
  const scanner = createHidPosScanner({ link, clock, trigger })
  onTestFinished(() => scanner.close())
  const reads: string[] = []
  scanner.onRead(({ symbology, bytes }) => {
    reads.push(`${symbology} ${new TextDecoder().decode(bytes)}`)
  })
  scanner.start()
  return { bus, hid, sim, scanner, reads }
}

/** Resolves when the troubles of the scanner are these. */
function troubled(scanner: Bench['scanner'], ...troubles: string[]): Promise<void> {
  if (scanner.health.troubles.join() === troubles.join()) return Promise.resolve()
  return new Promise((resolve) => {
    scanner.onHealth((health) => {
      if (health.troubles.join() === troubles.join()) resolve()
    })
  })
}

/** Arms and waits until a code that begins now is not on its way from before. */
async function armed({ scanner }: Bench): Promise<void> {
  scanner.arm()
  await new Promise((resolve) => setTimeout(resolve, 30))
}

test('an armed scanner reads short and long codes, each showing once', async () => {
  const at = bench()
  await troubled(at.scanner)
  await armed(at)

  at.sim.read(CODE)
  at.sim.read(CODE)
  at.sim.read(LONG_CODE)

  expect(at.reads).toEqual([`]Q1 ${CODE}`, `]Q1 ${LONG_CODE}`])
  expect(at.scanner.counts).toEqual({ dropped: 1, others: 0 })
})

test('what is read while nobody waits for a code is dropped and counted', async () => {
  const at = bench()
  await troubled(at.scanner)

  at.sim.read(CODE)
  at.scanner.arm()
  at.sim.read(OTHER_CODE)
  at.scanner.disarm()
  at.sim.read(CODE)

  expect(at.reads).toEqual([])
  expect(at.scanner.counts.dropped).toBe(3)
})

test('half a code is told within a quarter of a second, and the next whole one clears it', async () => {
  const at = bench()
  await troubled(at.scanner)
  await armed(at)
  at.sim.readHalf(LONG_CODE)
  const since = performance.now()
  await troubled(at.scanner, 'garbled')
  expect(performance.now() - since).toBeLessThan(500)

  at.sim.read(CODE)

  expect(at.reads).toEqual([`]Q1 ${CODE}`])
  expect(at.scanner.health.troubles).toEqual([])
})

test('a scanner in keyboard mode is refused, with the reason, and taken when it is switched', async () => {
  const at = bench({ description: KEYBOARD })
  await troubled(at.scanner, 'wrongDevice')
  expect(at.scanner.health.identity).toBe(
    '0c2e:0b61 Area-Imaging Scanner SN1, a keyboard (usage page 1, usage 6)',
  )
  expect(at.hid.opened).toBe(0)

  at.hid.unplug()
  await troubled(at.scanner, 'gone')
  const switched = startHidScannerSim(at.bus.add(SCANNER))
  await troubled(at.scanner)
  await armed(at)
  switched.read(CODE)

  expect(at.reads).toEqual([`]Q1 ${CODE}`])
  expect(at.scanner.health.identity).toBe('0c2e:0b61 Area-Imaging Scanner SN1')
})

test('a scanner that is keyboard and HID POS at once is used as HID POS', async () => {
  const uses = [...KEYBOARD.uses, ...SCANNER.uses]
  const at = bench({ description: { ...SCANNER, uses } })
  await troubled(at.scanner)
  expect(at.hid.opened).toBe(1)
})

test('of two equal scanners neither is guessed at; the one with the serial number is taken', async () => {
  const at = bench({ serial: 'SN1' })
  at.bus.add({ ...SCANNER, serialNumber: 'SN2' })
  await troubled(at.scanner)
  expect(at.hid.opened).toBe(1)

  const unsure = bench()
  const second = unsure.bus.add({ ...SCANNER, serialNumber: 'SN2' })
  await troubled(unsure.scanner, 'gone')
  await new Promise((resolve) => setTimeout(resolve, 80))
  expect([unsure.hid.opened, second.opened]).toEqual([0, 0])
})

for (const trigger of ['honeywell', 'newland'] as const)
  test(`arming turns the light of a ${trigger} scanner on and disarming off, also after a replug`, async () => {
    const at = bench({ trigger })
    await troubled(at.scanner)
    at.scanner.arm()
    await expect.poll(() => at.sim.triggered).toBe(true)
    at.scanner.disarm()
    await expect.poll(() => at.sim.triggered).toBe(false)

    at.scanner.arm()
    at.hid.unplug()
    await troubled(at.scanner, 'gone')
    at.scanner.disarm()
    at.scanner.arm()
    at.hid.plug()
    const since = performance.now()
    await troubled(at.scanner)
    expect(performance.now() - since).toBeLessThan(1000)
    await expect.poll(() => at.sim.triggered).toBe(true)
    expect(at.sim.complaints).toEqual([])
    expect(at.hid.complaints).toEqual([])
  })

test('half a code at the unplug is not completed by the replug', async () => {
  const at = bench()
  await troubled(at.scanner)
  await armed(at)
  at.sim.readHalf(LONG_CODE)
  at.hid.unplug()
  await troubled(at.scanner, 'gone')
  at.hid.plug()
  await troubled(at.scanner)

  at.sim.read(CODE)

  expect(at.reads).toEqual([`]Q1 ${CODE}`])
})
