import { expect, onTestFinished, test } from 'vitest'
import type { QrScannerPort } from '#core/ports/qr-scanner.ts'
import { createSerialScanner } from '#drivers/qr-scanner/serial/driver.ts'
import type { TriggerFamily } from '#drivers/qr-scanner/serial/trigger.ts'
import type { ByteLink } from '#drivers/transport/byte-link.ts'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { type ScannerSim, startScannerSim } from '../../../rig/sim/qr-scanner/scanner-sim.ts'
import { collect, temporaryPath } from '../../transport/cable.ts'
import { realClock } from '../../transport/real-clock.ts'

const CODE = '280000000000000017'
const OTHER_CODE = '130000000000000025'

type Options = { trigger?: TriggerFamily; suffix?: string }
type Bench = {
  link: ByteLink
  scanner: QrScannerPort
  sim: ScannerSim
  reads: string[]
  read: (count: number) => Promise<void>
}

async function bench({ trigger = 'honeywell', suffix = '\r' }: Options = {}): Promise<Bench> {
  const path = temporaryPath('scanner')
  const sim = startScannerSim({ path, suffix, presentation: trigger === 'none' })
  const clock = realClock()
  const link = serialLink({ path, baudRate: 9600, clock, reopenEveryMs: 20 })
  const scanner = createSerialScanner({ link, clock, suffix, trigger })
  onTestFinished(async () => {
    await scanner.close()
    sim.stop()
  })
  const reads: string[] = []
  let check = (): void => {}
  scanner.onRead(({ symbology, bytes }) => {
    reads.push(`${symbology} ${new TextDecoder().decode(bytes)}`)
    check()
  })
  scanner.start()
  await healthy(scanner, [])
  return {
    scanner,
    sim,
    link,
    reads,
    read: (count) =>
      new Promise((resolve) => {
        check = () => {
          if (reads.length >= count) resolve()
        }
        check()
      }),
  }
}

function healthy(scanner: QrScannerPort, troubles: string[]): Promise<void> {
  if (scanner.health.troubles.join() === troubles.join()) return Promise.resolve()
  return new Promise((resolve) => {
    scanner.onHealth((health) => {
      if (health.troubles.join() === troubles.join()) resolve()
    })
  })
}

function reachedState(
  sim: ScannerSim,
  when: (state: ReturnType<ScannerSim['state']>) => boolean,
): Promise<void> {
  if (when(sim.state())) return Promise.resolve()
  return new Promise((resolve) => {
    sim.onChange(() => {
      if (when(sim.state())) resolve()
    })
  })
}

for (const trigger of ['honeywell', 'newland', 'none'] as const)
  test(`an armed scanner (${trigger}) reads the phone held up to it, once`, async () => {
    const { scanner, sim, reads, read } = await bench({ trigger })
    scanner.arm()
    await reachedState(sim, ({ triggered }) => triggered)

    sim.show(CODE)

    await read(1)
    expect(reads).toEqual([`]Q1 ${CODE}`])
    expect(sim.state().complaints).toEqual([])
  })

test('a phone held up before the scanner looks is read as soon as it looks', async () => {
  const { scanner, sim, reads, read } = await bench()
  sim.show(CODE)
  expect(sim.state()).toMatchObject({ triggered: false, showing: true, reads: 0 })

  scanner.arm()

  await read(1)
  expect(reads).toEqual([`]Q1 ${CODE}`])
})

test('a disarmed scanner turns its light off and what it still sends is dropped', async () => {
  const { scanner, sim, link, reads, read } = await bench()
  scanner.arm()
  await reachedState(sim, ({ triggered }) => triggered)
  scanner.disarm()
  await reachedState(sim, ({ triggered }) => !triggered)
  const stale = collect(link)
  sim.sendRaw(Buffer.from(`]Q1${OTHER_CODE}\r`))
  await stale.until(22)

  scanner.arm()
  sim.show(CODE)

  await read(1)
  expect(reads).toEqual([`]Q1 ${CODE}`])
})

test('a code that was still on its way when the scanner was armed is not read', () => {
  const { scanner, hear, reads, wait } = onFakeLine()
  scanner.arm()
  wait(5)
  hear(`${OTHER_CODE}\r`)
  wait(100)
  hear(`${CODE}\r`)

  expect(reads).toEqual([CODE])
})

test('a code that began for the order before is not read for this one', () => {
  const { scanner, hear, reads, wait } = onFakeLine()
  scanner.arm()
  wait(100)
  hear(OTHER_CODE.slice(0, 10))
  scanner.disarm()
  scanner.arm()
  wait(100)
  hear(`${OTHER_CODE.slice(10)}\r`)
  hear(`${CODE}\r`)

  expect(reads).toEqual([CODE])
})

type FakeLine = {
  scanner: QrScannerPort
  reads: string[]
  hear: (text: string) => void
  wait: (ms: number) => void
}

/** A line and a clock that stand still unless told, for what depends on milliseconds. */
function onFakeLine(): FakeLine {
  let nowMs = 0
  const line: ((bytes: Uint8Array) => void)[] = []
  const link: ByteLink = {
    state: 'open',
    start() {},
    write: () => Promise.resolve(true),
    onBytes: (listener) => void line.push(listener),
    onState() {},
    close: () => Promise.resolve(),
  }
  const clock = { wallMs: () => 0, monotonicMs: () => nowMs, after: () => () => {} }
  const scanner = createSerialScanner({ link, clock, suffix: '\r', trigger: 'none' })
  const reads: string[] = []
  scanner.onRead(({ bytes }) => reads.push(new TextDecoder().decode(bytes)))
  return {
    scanner,
    reads,
    hear: (text) => {
      for (const listener of line) listener(new TextEncoder().encode(text))
    },
    wait: (ms) => {
      nowMs += ms
    },
  }
}

test('a code read twice by one showing is one read', async () => {
  const { scanner, sim, reads, read } = await bench({ trigger: 'none' })
  scanner.arm()
  sim.setFault('doubleRead')
  sim.show(CODE)
  await reachedState(sim, (state) => state.reads === 1)
  sim.show(OTHER_CODE)

  await read(2)
  expect(reads).toEqual([`]Q1 ${CODE}`, `]Q1 ${OTHER_CODE}`])
})

for (const fault of ['truncate', 'noSuffix'] as const)
  test(`half a code (${fault}) is dropped and told, and the next whole one clears it`, async () => {
    const { scanner, sim, reads, read } = await bench({ trigger: 'none' })
    scanner.arm()
    sim.setFault(fault)
    sim.show(CODE)
    await healthy(scanner, ['garbled'])

    sim.show(CODE)

    await read(1)
    expect(reads).toEqual([`]Q1 ${CODE}`])
    expect(scanner.health.troubles).toEqual([])
  })

test('noise before a code spoils that code, not the next one', async () => {
  const { scanner, sim, reads, read } = await bench({ trigger: 'none' })
  scanner.arm()
  sim.setFault('garbage')
  sim.show(CODE)
  await read(1)
  sim.show(OTHER_CODE)

  await read(2)
  expect(reads[0]).not.toBe(`]Q1 ${CODE}`)
  expect(reads[1]).toBe(`]Q1 ${OTHER_CODE}`)
})

test('a scanner without suffix ends a code by silence', async () => {
  const { scanner, sim, reads, read } = await bench({ suffix: '' })
  scanner.arm()
  await reachedState(sim, ({ triggered }) => triggered)

  sim.show(CODE)

  await read(1)
  expect(reads).toEqual([`]Q1 ${CODE}`])
})

test('unplugged while armed: gone, and it looks again when it is back', async () => {
  const { scanner, sim, reads, read } = await bench()
  scanner.arm()
  await reachedState(sim, ({ triggered }) => triggered)
  sim.unplug()
  await healthy(scanner, ['gone'])

  sim.plug()
  await reachedState(sim, ({ triggered }) => triggered)
  sim.show(CODE)

  await read(1)
  expect(reads).toEqual([`]Q1 ${CODE}`])
})

test('Chinese and binary content arrives byte for byte', async () => {
  const { scanner, sim } = await bench({ trigger: 'none' })
  const content = Uint8Array.of(0xd6, 0xd0, 0xce, 0xc4, 0x00, 0xff, 0x0a)
  const arrived = new Promise<Uint8Array>((resolve) => {
    scanner.onRead(({ bytes }) => resolve(bytes.slice()))
  })
  scanner.arm()

  sim.show(content)

  expect([...(await arrived)]).toEqual([...content])
})
