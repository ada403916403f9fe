import { closeSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { open } from 'zigpty'
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink } from '#drivers/transport/byte-link.ts'
import { fileLink } from '#drivers/transport/file-link.ts'
import type { Pty } from '../../rig/sim/pty.ts'
import { openUsbPrinterNode } from '../../rig/sim/usb-printer-node.ts'
import { collect, reached, temporaryPath } from './cable.ts'
import { realClock } from './real-clock.ts'

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, value) => value)

function link(path: string, stallMs?: number): ByteLink {
  const made = fileLink({
    path,
    clock: realClock(),
    reopenEveryMs: 20,
    ...(stallMs === undefined ? {} : { stallMs }),
  })
  onTestFinished(() => made.close())
  return made
}

function device(path = temporaryPath('lp0')): Pty {
  const far = openUsbPrinterNode(path)
  onTestFinished(() => far.stop())
  return far
}

test('every byte value passes unchanged to the printer and back', async () => {
  const far = device()
  const near = link(far.path)
  const atPrinter = collect(far)
  const atTerminal = collect(near)
  near.start()
  await reached(near, 'open')

  expect(await near.write(ALL_BYTES)).toBe(true)
  far.write(ALL_BYTES)

  expect([...(await atPrinter.until(256))]).toEqual([...ALL_BYTES])
  expect([...(await atTerminal.until(256))]).toEqual([...ALL_BYTES])
})

test('a hundred kilobytes arrive whole and in order, also when two slips are handed over at once', async () => {
  const far = device()
  const near = link(far.path)
  const atPrinter = collect(far)
  near.start()
  await reached(near, 'open')
  const slip = Uint8Array.from({ length: 50_000 }, (_, index) => index % 251)

  expect(await Promise.all([near.write(slip), near.write(slip)])).toEqual([true, true])

  const arrived = await atPrinter.until(100_000)
  expect(arrived.equals(Buffer.concat([slip, slip]))).toBe(true)
})

test('a printer unplugged is noticed, and found again on its new number', async () => {
  const far = device()
  const near = link(far.path)
  near.start()
  await reached(near, 'open')

  far.unplug()
  await reached(near, 'gone')
  expect(await near.write(Uint8Array.of(1))).toBe(false)
  far.plug()
  const started = performance.now()
  await reached(near, 'open')
  expect(performance.now() - started).toBeLessThan(1000)

  const atPrinter = collect(far)
  expect(await near.write(Uint8Array.of(7))).toBe(true)
  expect([...(await atPrinter.until(1))]).toEqual([7])
})

test('a printer that goes is noticed by the first write that fails, without a look at the path', async () => {
  const far = device()
  const near = fileLink({ path: far.path, clock: realClock(), reopenEveryMs: 3_600_000 })
  onTestFinished(() => near.close())
  near.start()
  await reached(near, 'open')

  far.unplug()

  expect(await near.write(Uint8Array.of(1))).toBe(false)
  expect(near.state).toBe('gone')
})

test('the only printer is found by a pattern whatever number it comes back with', async () => {
  const far = device()
  const near = link(join(dirname(far.path), 'lp*'))
  near.start()
  await reached(near, 'open')
  const gone = reached(near, 'gone')

  far.unplug()
  await gone
  const second = device(join(dirname(far.path), 'lp1'))
  symlinkSync('/nowhere', join(dirname(far.path), 'other'))
  await reached(near, 'open')

  const atPrinter = collect(second)
  await near.write(Uint8Array.of(9))
  expect([...(await atPrinter.until(1))]).toEqual([9])
})

test('of two printers that fit a pattern neither is taken', async () => {
  const first = device()
  const folder = dirname(first.path)
  const second = device(join(folder, 'lp1'))
  const near = link(join(folder, 'lp*'))
  near.start()
  expect(await opensWithin(near, 200)).toBe(false)

  second.unplug()

  await reached(near, 'open')
  expect(near.state).toBe('open')
})

test('a slip that the printer never takes ends as a lost link, not as a wait without end', async () => {
  const path = temporaryPath('lp0')
  const deaf = open()
  onTestFinished(() => {
    closeSync(deaf.master)
    closeSync(deaf.slave)
  })
  symlinkSync(deaf.pty, path)
  const near = link(path, 100)
  near.start()
  await reached(near, 'open')
  const lost = reached(near, 'gone')

  expect(await near.write(new Uint8Array(200_000))).toBe(false)
  await lost
})

test('more bytes than the limit are refused at once', async () => {
  const far = device()
  const near = link(far.path)
  near.start()
  await reached(near, 'open')

  expect(await near.write(new Uint8Array(2_000_000))).toBe(false)
  expect(near.state).toBe('open')
})

test('a plain file is no printer', async () => {
  const near = link(new URL(import.meta.url).pathname)
  near.start()
  expect(await opensWithin(near, 100)).toBe(false)
})

function opensWithin(near: ByteLink, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    near.onState((state) => {
      if (state !== 'open') return
      clearTimeout(timer)
      resolve(true)
    })
  })
}

test('a printer that is asked is read fifty times a second, one that is left alone five times', async () => {
  const far = device()
  const real = realClock()
  const pauses: number[] = []
  let later = 0
  const clock: Clock = {
    ...real,
    monotonicMs: () => real.monotonicMs() + later,
    after(ms, callback) {
      if (ms === 20 || ms === 200) pauses.push(ms)
      return real.after(ms, callback)
    },
  }
  const near = fileLink({ path: far.path, clock })
  onTestFinished(() => near.close())
  near.start()
  await reached(near, 'open')
  const paused = async (ms: number): Promise<void> => {
    await expect.poll(() => pauses.at(-1), { timeout: 5000 }).toBe(ms)
  }

  later = 60_000
  await paused(200)
  const atTerminal = collect(near)
  expect(await near.write(Uint8Array.of(16, 4, 1))).toBe(true)
  await paused(20)
  far.write(Uint8Array.of(18))
  expect([...(await atTerminal.until(1))]).toEqual([18])
  later = 120_000
  await paused(200)
})
