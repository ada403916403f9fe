import { expect, test } from 'vitest'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { openPty } from '../../rig/sim/pty.ts'
import { cable, collect, reached, temporaryPath } from './cable.ts'
import { hangUps, isFine } from './hang-ups.ts'
import { realClock } from './real-clock.ts'

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, value) => value)

test('every byte value passes unchanged in both directions', async () => {
  const { link, far } = cable()
  const atDevice = collect(far)
  const atTerminal = collect(link)
  link.start()
  await reached(link, 'open')

  expect(await link.write(ALL_BYTES)).toBe(true)
  far.write(ALL_BYTES)

  expect([...(await atDevice.until(256))]).toEqual([...ALL_BYTES])
  expect([...(await atTerminal.until(256))]).toEqual([...ALL_BYTES])
})

test('nothing is sent and nothing throws while no device is there', async () => {
  const { link, far } = cable()
  far.unplug()
  link.start()

  expect(await link.write(Uint8Array.of(1))).toBe(false)
  expect(link.state).toBe('gone')
})

test('a cable pulled and put back is noticed both times, on a new device number', async () => {
  const { link, far } = cable()
  link.start()
  await reached(link, 'open')

  far.unplug()
  await reached(link, 'gone')
  expect(await link.write(Uint8Array.of(1))).toBe(false)

  far.plug()
  const started = performance.now()
  await reached(link, 'open')
  expect(performance.now() - started).toBeLessThan(1000)
  const atDevice = collect(far)
  expect(await link.write(Uint8Array.of(7))).toBe(true)
  expect([...(await atDevice.until(1))]).toEqual([7])
})

test('a hundred hang-ups with data pending are all noticed, nothing spins, and memory stays flat', async () => {
  const figures = await hangUps(100)

  expect(figures.noticed).toBe(100)
  expect(isFine(figures)).toBe(true)
})

test('a hang-up with data pending tells the link by itself, without a look at the path', async () => {
  for (let round = 0; round < 10; round++) {
    const path = temporaryPath('device')
    const far = openPty({ path })
    const link = serialLink({ path, baudRate: 9600, clock: realClock(), reopenEveryMs: 3_600_000 })
    link.start()
    await reached(link, 'open')
    far.write(ALL_BYTES)
    // The write is on its way through the pool; pulling now leaves its bytes unread.
    await new Promise((resolve) => setImmediate(resolve))
    const hungUp = reached(link, 'gone')
    far.unplug()
    await hungUp
    expect(link.state).toBe('gone')
    await link.close()
  }
})

test('a cable pulled fifty times in a row is found again fifty times', async () => {
  const { link, far } = cable()
  const states: string[] = []
  link.onState((state) => states.push(state))
  link.start()
  for (let round = 0; round < 50; round++) {
    await reached(link, 'open')
    const hungUp = reached(link, 'gone')
    far.unplug()
    await hungUp
    far.plug()
  }
  await reached(link, 'open')
  expect(states.filter((state) => state === 'open')).toHaveLength(51)
})

test('another device put behind the same name is noticed even when the old one never hung up', async () => {
  const path = temporaryPath('device')
  const first = openPty({ path })
  const link = serialLink({ path, baudRate: 9600, clock: realClock(), reopenEveryMs: 20 })
  link.start()
  await reached(link, 'open')

  const second = openPty({ path })
  await reached(link, 'gone')
  await reached(link, 'open')
  const atSecond = collect(second)
  await link.write(Uint8Array.of(42))

  expect([...(await atSecond.until(1))]).toEqual([42])
  await link.close()
  first.stop()
  second.stop()
})

test('a write that the device never takes ends as a lost link, not as a wait without end', async () => {
  const path = temporaryPath('device')
  const { open } = await import('zigpty')
  const { closeSync, symlinkSync } = await import('node:fs')
  const deaf = open()
  symlinkSync(deaf.pty, path)
  const link = serialLink({ path, baudRate: 9600, clock: realClock(), stallMs: 100 })
  link.start()
  await reached(link, 'open')
  const lost = reached(link, 'gone')

  expect(await link.write(new Uint8Array(200_000))).toBe(false)
  await lost

  expect(link.state).toBe('gone')
  await link.close()
  closeSync(deaf.master)
  closeSync(deaf.slave)
})

test('more bytes than the limit are refused at once', async () => {
  const { link } = cable()
  link.start()
  await reached(link, 'open')

  expect(await link.write(new Uint8Array(2_000_000))).toBe(false)
  expect(link.state).toBe('open')
})

test('two hundred kilobytes arrive whole', async () => {
  const { link, far } = cable()
  const atDevice = collect(far)
  link.start()
  await reached(link, 'open')
  const sent = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251)

  expect(await link.write(sent)).toBe(true)

  expect((await atDevice.until(sent.length)).equals(sent)).toBe(true)
})

test('question and answer keep going round: no answer waits for another event', async () => {
  const { link, far } = cable()
  far.onBytes((bytes) => far.write(bytes))
  const atTerminal = collect(link)
  link.start()
  await reached(link, 'open')
  for (let round = 1; round <= 200; round++) {
    await link.write(Uint8Array.of(round % 256))
    await atTerminal.until(round)
  }
  expect((await atTerminal.until(200)).length).toBe(200)
})

test('a closed link stays closed and may be closed again', async () => {
  const { link, far } = cable()
  link.start()
  await reached(link, 'open')

  await link.close()
  await link.close()

  expect(link.state).toBe('gone')
  expect(await link.write(Uint8Array.of(1))).toBe(false)
  expect(far.plugged).toBe(true)
})
