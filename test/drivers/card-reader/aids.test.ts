import { expect, test } from 'vitest'
import { buildTlv } from '#emv/tlv-build.ts'
import { aidSendings } from '../../../drivers/card-reader/neo2/aids.ts'
import { hex } from '../../crypto/hex-of.ts'
import { cardOf, openCounter } from './counter.ts'

const NEW = 'A000000333010108'

test('a card of an application that the reader does not know is refused, and pays once its AID was handed over', async () => {
  const { reader, sim, ask } = await openCounter()
  for (const via of ['tap', 'insert'] as const) {
    const { outcome } = await ask()
    sim[via]('foreign')
    expect(await outcome).toMatchObject({ kind: 'notAccepted' })
    sim.remove()
  }
  expect(await reader.holdAids?.([entry({ '9F06': NEW, DF01: '00' })])).toEqual({
    taken: 1,
    refused: 0,
  })
  for (const via of ['tap', 'insert'] as const) {
    const { outcome } = await ask()
    sim[via]('foreign')
    expect(cardOf(await outcome).aid).toBe(NEW)
    sim.remove()
  }
})

test('an AID that is to be the same takes no card with a longer name; one that is to begin so takes it', async () => {
  const { reader, sim, ask } = await openCounter()
  const begin = NEW.slice(0, 14)
  await reader.holdAids?.([entry({ '9F06': begin, DF01: '01' })])
  const exact = await ask()
  sim.tap('foreign')
  expect(await exact.outcome).toMatchObject({ kind: 'notAccepted' })
  await reader.holdAids?.([entry({ '9F06': begin, DF01: '00' })])
  const partial = await ask()
  sim.tap('foreign')
  expect(cardOf(await partial.outcome).aid).toBe(NEW)
})

test('slot and antenna get each AID, with what the acquirer says of limits, in an order of its own and nothing else', async () => {
  const { reader, sim } = await openCounter()
  const said = { DF20: '000000050000', '9F1B': '00000000', DF01: '00', DF8101: 'FF', '9F06': NEW }
  const data = hex(`9F0608${NEW}DF0101009F1B0400000000DF2006000000050000`)
  expect(aidSendings(entry(said))).toEqual([
    { command: { command: 0x60, sub: 0x03 }, data },
    { command: { command: 0x04, sub: 0x02 }, data },
  ])
  expect(await reader.holdAids?.([entry(said)])).toEqual({ taken: 1, refused: 0 })
  expect(sim.aids().chip).toContain(NEW)
  expect(sim.aids().contactless).toContain(NEW)
  expect(sim.state().complaints).toEqual([])
})

test('an entry without AID, with one that is too short, or with a selection that is none is not sent', async () => {
  const { reader, sim } = await openCounter()
  const before = sim.aids()
  const bad = [{ DF01: '00' }, { '9F06': 'A0000003' }, { '9F06': NEW, DF01: '07' }].map(entry)
  expect(await reader.holdAids?.([...bad, hex('9F0608A0')])).toEqual({ taken: 0, refused: 4 })
  expect(sim.aids()).toEqual(before)
  expect(sim.state().complaints).toEqual([])
})

test('another reader on the same line gets the AIDs too', async () => {
  const { reader, sim, healthy, sees } = await openCounter()
  await reader.holdAids?.([entry({ '9F06': NEW })])
  sim.unplug()
  await healthy((health) => health.troubles.includes('gone'))
  sim.forgetTables()
  expect(sim.aids().chip).not.toContain(NEW)
  sim.plug()
  await sees(() => sim.aids().contactless.includes(NEW))
})

function entry(objects: Readonly<Record<string, string>>): Uint8Array {
  return buildTlv(Object.entries(objects).map(([tag, value]) => ({ tag, value: hex(value) })))
}
