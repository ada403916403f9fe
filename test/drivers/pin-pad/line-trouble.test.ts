import { expect, test } from 'vitest'
import { openCounter, pressAll } from './counter.ts'

const isEntering = (state: { entering: boolean }): boolean => state.entering

test('frames refused twice are sent again and the PIN is taken', async () => {
  const { pad, sim, sees, request } = await openCounter()
  sim.applyFault({ kind: 'nak', times: 2 })
  const outcome = pad.requestPin(request())
  await sees(isEntering)
  pressAll(sim, '1234')
  sim.press('enter')
  expect((await outcome).kind).toBe('entered')
})

test('a pad that refuses every frame is garbled, not waited for', async () => {
  const { pad, sim, request } = await openCounter()
  sim.applyFault({ kind: 'nak', times: 1000 })
  const outcome = await pad.requestPin(request())
  expect(outcome).toEqual({ kind: 'deviceFailed', trouble: 'garbled' })
})

test('a pad so slow that it closes a conversation only in the next one is not called garbled, and the PIN is taken', async () => {
  const { pad, sim, sees, request } = await openCounter()
  for (const digits of ['1234', '5678']) {
    sim.applyFault({ kind: 'lateClosing', times: 2 })
    const outcome = pad.requestPin(request())
    await sees(isEntering)
    pressAll(sim, digits)
    sim.press('enter')
    expect((await outcome).kind).toBe('entered')
  }
  expect(pad.health.troubles).toEqual([])
  expect(sim.state().complaints).toEqual([])
})

test('an answer with a wrong LRC is asked for again', async () => {
  const { pad, sim, sees, request } = await openCounter()
  const outcome = pad.requestPin(request())
  await sees(isEntering)
  sim.applyFault({ kind: 'wrongLrc', times: 3 })
  pressAll(sim, '1234')
  sim.press('enter')
  expect((await outcome).kind).toBe('entered')
  expect(sim.state().complaints).toEqual([])
})

test('answers that stay wrong end the entry as garbled', async () => {
  const { pad, sim, sees, request } = await openCounter()
  const outcome = pad.requestPin(request())
  await sees(isEntering)
  sim.applyFault({ kind: 'wrongLrc', times: 1000 })
  pressAll(sim, '1234')
  sim.press('enter')
  expect(await outcome).toEqual({ kind: 'deviceFailed', trouble: 'garbled' })
})

test('thirty times the plug is pulled at another moment, and thirty times the pad heals', async () => {
  const { pad, sim, sees, healthy, request, arena } = await openCounter()
  const kinds = new Set<string>()
  for (let round = 0; round < 30; round++) {
    const outcome = pad.requestPin(request())
    for (let turn = 0; turn < round; turn++) await new Promise((resolve) => setImmediate(resolve))
    sim.unplug()
    kinds.add((await outcome).kind)
    await healthy((health) => health.troubles.includes('gone'))
    sim.plug()
    await healthy((health) => health.troubles.length === 0)
    arena.wipeAll()
  }
  expect([...kinds]).toEqual(['deviceFailed'])
  const last = pad.requestPin(request())
  await sees(isEntering)
  pressAll(sim, '1234')
  sim.press('enter')
  expect((await last).kind).toBe('entered')
})

test('a silent pad does not answer: the entry fails, health says so, and clears when it speaks again', async () => {
  const { pad, sim, request, healthy } = await openCounter()
  sim.applyFault({ kind: 'silent' })
  const outcome = await pad.requestPin(request())
  expect(outcome).toEqual({ kind: 'deviceFailed', trouble: 'noAnswer' })
  expect(pad.health.troubles).toEqual(['noAnswer'])
  sim.clearFaults()
  await healthy((health) => health.troubles.length === 0)
})

test('a pad that babbles is not taken for an answer', async () => {
  const { pad, sim, request } = await openCounter()
  sim.applyFault({ kind: 'garbage' })
  const outcome = await pad.requestPin(request())
  expect(outcome).toEqual({ kind: 'deviceFailed', trouble: 'noAnswer' })
})

test('two lines of text appear on the display; what is not ASCII becomes a question mark', async () => {
  const { pad, sim } = await openCounter()
  await pad.show(['THANK YOU', 'Müller & 王'])
  expect(sim.state().display).toEqual(['THANK YOU', 'M?ller & ?'])
  expect(sim.state().complaints).toEqual([])
})

test('the pad names itself to the technician', async () => {
  const { pad } = await openCounter()
  expect(pad.health.identity).toBe('VISA-II SIMPAD000001')
})
