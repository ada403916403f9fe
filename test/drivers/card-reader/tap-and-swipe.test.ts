import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { cardOf, openCounter, textOf } from './counter.ts'
import { expectedCryptogram, objectsOf, sessionKeyOf } from './host.ts'

test.each([
  ['debit', 100_000, 'none'],
  ['debit', 100_001, 'onlinePin'],
  ['phone', 100_001, 'deviceVerified'],
] as const)('tapping %s for %i fen: the card wants %s', async (id, fen, verification) => {
  const { sim, ask } = await openCounter()
  const { outcome } = await ask({ amountMinor: minor(fen) })
  expect(sim.tap(id)).toBe(true)
  const card = cardOf(await outcome)
  expect(card).toMatchObject({ interface: 'contactless', verification, panSequence: '001' })
  expect(sim.state().complaints).toEqual([])
})

test('a tap gives its PAN from track 2 and a cryptogram the issuer can check', async () => {
  const { sim, ask } = await openCounter()
  const { outcome } = await ask()
  sim.tap('phone')
  const card = cardOf(await outcome)
  expect(textOf(card.pan)).toBe('6235290000000000054')
  const objects = new Map(objectsOf(card.emv))
  const key = sessionKeyOf('6235290000000000054', '01', objects.get('9F36') ?? '')
  expect(objects.get('9F26')).toBe(expectedCryptogram(key, card.emv))
  expect(objectsOf(card.emv).at(-1)?.[0]).toBe('9F63')
})

test('two cards at the antenna: several cards, and the next try works', async () => {
  const { sim, ask } = await openCounter()
  sim.applyFault({ kind: 'collision' })
  const first = await ask()
  sim.tap('debit')
  expect(await first.outcome).toEqual({ kind: 'severalCards' })
  const second = await ask()
  sim.tap('debit')
  expect(cardOf(await second.outcome).interface).toBe('contactless')
})

test('a tap on a dark reader is nothing', async () => {
  const { sim } = await openCounter()
  expect(sim.tap('debit')).toBe(false)
})

test('a stripe-only card is swiped: PAN and track are there, nothing else', async () => {
  const { sim, ask, arena } = await openCounter()
  const { outcome } = await ask()
  sim.swipe('stripe')
  const card = cardOf(await outcome)
  expect(textOf(card.pan)).toBe('6225880000000043')
  expect(textOf(card.track2)).toBe('6225880000000043D30121200000000000')
  expect(card).toMatchObject({
    interface: 'stripe',
    expiry: '3012',
    serviceCode: '120',
    panSequence: null,
    emv: '',
    label: '',
    aid: '',
    verification: 'notDecided',
  })
  expect(arena.used).toBe(2)
})

test('a swiped chip card must be inserted, and leaves nothing in the arena', async () => {
  const { sim, ask, arena } = await openCounter()
  const { outcome } = await ask()
  sim.swipe('debit')
  expect(await outcome).toEqual({ kind: 'insertInstead' })
  expect(arena.used).toBe(0)
})

test('after three unreadable chips the stripe of the card is taken, once', async () => {
  const { sim, ask } = await openCounter()
  sim.applyFault({ kind: 'unreadableChip', times: 3 })
  for (let round = 0; round < 3; round++) {
    const { outcome } = await ask()
    sim.insert('debit')
    expect(await outcome).toEqual({ kind: 'unreadable', interface: 'chip' })
    sim.remove()
  }
  const swiped = await ask()
  sim.swipe('debit')
  expect(cardOf(await swiped.outcome)).toMatchObject({ interface: 'stripe', serviceCode: '220' })
  const next = await ask()
  sim.swipe('credit')
  expect(await next.outcome).toEqual({ kind: 'insertInstead' })
})

test('a phone has neither chip contacts nor a stripe', async () => {
  const { sim, ask } = await openCounter()
  const { outcome } = await ask()
  expect([sim.insert('phone'), sim.swipe('phone'), sim.insert('nobody')]).toEqual([
    false,
    false,
    false,
  ])
  sim.tap('phone')
  expect(cardOf(await outcome).label).toBe('QuickPass')
})
