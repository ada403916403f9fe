import { expect, test } from 'vitest'
import { cardOf, cardRequest, openCounter } from './counter.ts'

test('the card is pulled out while it is read: unreadable, and nothing stays in the arena', async () => {
  const { sim, ask, arena } = await openCounter()
  sim.applyFault({ kind: 'slow', ms: 10_000 })
  const { outcome } = await ask()
  sim.insert('debit')
  sim.remove()
  expect(await outcome).toEqual({ kind: 'unreadable', interface: 'chip' })
  expect(arena.used).toBe(0)
})

test('the card is pulled out before the host has answered: removed, and the core is told', async () => {
  const { reader, sim, ask } = await openCounter()
  const removed = new Promise<string>((resolve) => reader.onRemoved(() => resolve('removed')))
  const { outcome } = await ask()
  sim.insert('debit')
  await outcome
  sim.remove()
  expect(await removed).toBe('removed')
  const completion = await reader.complete({ online: true, responseCode: '00', issuerData: '' })
  expect(completion).toEqual({ kind: 'cardRemoved' })
})

test('the card is pulled out during its second cryptogram: removed', async () => {
  const { reader, sim, ask, sees } = await openCounter()
  const { outcome } = await ask()
  sim.insert('debit')
  await outcome
  sim.applyFault({ kind: 'slow', ms: 10_000 })
  const completion = reader.complete({ online: true, responseCode: '00', issuerData: '' })
  await sees((state) => state.message === 'PROCESSING')
  sim.remove()
  expect(await completion).toEqual({ kind: 'cardRemoved' })
})

test('the reader is unplugged while it waits: the device failed, and it heals', async () => {
  const { reader, sim, ask, healthy } = await openCounter()
  const { outcome } = await ask()
  sim.unplug()
  expect(await outcome).toEqual({ kind: 'deviceFailed', trouble: 'gone' })
  expect(await reader.read(cardRequest())).toEqual({ kind: 'deviceFailed', trouble: 'gone' })
  await healthy((health) => health.troubles.includes('gone'))
  sim.plug()
  await healthy((health) => health.troubles.length === 0)
  const again = await ask()
  sim.insert('debit')
  expect(cardOf(await again.outcome).interface).toBe('chip')
})

test('thirty times the plug is pulled at another moment, and thirty times the reader heals', async () => {
  const { reader, sim, healthy, arena } = await openCounter()
  const kinds = new Set<string>()
  for (let round = 0; round < 30; round++) {
    const outcome = reader.read(cardRequest())
    for (let turn = 0; turn < round; turn++) await new Promise((resolve) => setImmediate(resolve))
    if (round % 3 === 0) sim.insert('debit')
    sim.unplug()
    const { kind, ...rest } = await outcome
    kinds.add(kind)
    if ('card' in rest) {
      rest.card.pan.wipe()
      rest.card.track2?.wipe()
    }
    sim.remove()
    await healthy((health) => health.troubles.includes('gone'))
    sim.plug()
    await healthy((health) => health.troubles.length === 0)
  }
  expect(kinds).toContain('deviceFailed')
  expect(arena.used).toBe(0)
  const last = reader.read(cardRequest())
  sim.insert('debit')
  expect(cardOf(await last).interface).toBe('chip')
})

test('the reader is unplugged during the second cryptogram: the device failed', async () => {
  const { reader, sim, ask, sees } = await openCounter()
  const { outcome } = await ask()
  sim.insert('debit')
  await outcome
  sim.applyFault({ kind: 'slow', ms: 10_000 })
  const completion = reader.complete({ online: true, responseCode: '00', issuerData: '' })
  await sees((state) => state.message === 'PROCESSING')
  sim.unplug()
  expect(await completion).toEqual({ kind: 'deviceFailed', trouble: 'gone' })
})

test('the cashier cancels: the reader goes dark and the next read works', async () => {
  const { reader, sim, ask } = await openCounter()
  const { outcome } = await ask()
  await reader.cancel()
  expect(await outcome).toEqual({ kind: 'cancelled' })
  expect(sim.state()).toMatchObject({ lit: false, complaints: [] })
  await reader.cancel() // safe when nothing runs
  const again = await ask()
  sim.insert('debit')
  expect(cardOf(await again.outcome).interface).toBe('chip')
})

test('a cancel right behind the request ends it as well', async () => {
  const { reader, sim } = await openCounter()
  const outcome = reader.read(cardRequest())
  await reader.cancel()
  expect(await outcome).toEqual({ kind: 'cancelled' })
  expect(sim.state()).toMatchObject({ lit: false, complaints: [] })
  expect(reader.health.troubles).toEqual([])
})

test('the next sale begins before the cancelled one has let go: its read waits its turn', async () => {
  const { reader, sim, ask, sees } = await openCounter()
  const { outcome } = await ask()
  const cancelling = reader.cancel()
  const next = reader.read(cardRequest())
  expect(await outcome).toEqual({ kind: 'cancelled' })
  await cancelling
  await sees((state) => state.lit)
  sim.insert('debit')
  expect(cardOf(await next).interface).toBe('chip')
  expect(sim.state().complaints).toEqual([])
})

test('nobody presents a card: the reader says that time is over', async () => {
  const { ask } = await openCounter()
  const { outcome } = await ask({ timeoutMs: 1_000 })
  expect(await outcome).toEqual({ kind: 'timedOut' })
})

test('a silent reader is noticed before anyone waits for a card, and heals', async () => {
  const { reader, sim, healthy } = await openCounter()
  sim.applyFault({ kind: 'silent' })
  const outcome = await reader.read(cardRequest({ timeoutMs: 60_000 }))
  expect(outcome).toEqual({ kind: 'deviceFailed', trouble: 'noAnswer' })
  sim.clearFaults()
  await healthy((health) => health.troubles.length === 0)
  expect(reader.health.troubles).toEqual([])
})

test('an answer with a wrong CRC ends the read as garbled and the reader goes dark', async () => {
  const { reader, sim, ask, arena } = await openCounter()
  const { outcome } = await ask()
  sim.applyFault({ kind: 'wrongCrc', times: 2 }) // the slot notice and the answer
  sim.insert('debit')
  expect(await outcome).toEqual({ kind: 'deviceFailed', trouble: 'garbled' })
  expect(reader.health.troubles).toEqual(['garbled'])
  expect(arena.used).toBe(0)
  expect(sim.state().lit).toBe(false)
})

test('a chip that cannot be read says so; a card that refuses by itself is declined', async () => {
  const { sim, ask } = await openCounter()
  sim.applyFault({ kind: 'unreadableChip' })
  const first = await ask()
  sim.insert('debit')
  expect(await first.outcome).toEqual({ kind: 'unreadable', interface: 'chip' })
  sim.remove()
  sim.applyFault({ kind: 'aacAtOnce' })
  const second = await ask()
  sim.insert('debit')
  expect(await second.outcome).toEqual({ kind: 'cardDeclined', interface: 'chip' })
})

test('the reader names itself to the technician', async () => {
  const { reader } = await openCounter()
  expect(reader.health.identity).toBe('NEO2-SIM 1.00')
})
