import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Placed, placeItems } from '#shell/journal/place-items.ts'

type Thing = { readonly name: number }
type Kept = Placed<Thing> & { readonly written: true }

/** A list on disk: what lies at each place, and how many writes it took. */
function onDisk() {
  const rows = new Map<number, Thing>()
  let kept: readonly Kept[] = []
  let writes = 0
  return {
    rows,
    writes: () => writes,
    put: (items: readonly Thing[]): void => {
      const { gone, placed } = placeItems(kept, items)
      for (const place of gone) rows.delete(place)
      kept = placed.map((one): Kept => {
        if ('written' in one) return one
        writes += 1
        rows.set(one.place, one.item)
        return { ...one, written: true }
      })
    },
  }
}

function read(rows: ReadonlyMap<number, Thing>): readonly Thing[] {
  return [...rows].toSorted(([a], [b]) => a - b).map(([, item]) => item)
}

const THINGS: readonly Thing[] = Array.from({ length: 12 }, (_, name) => ({ name }))
const list = fc
  .array(fc.nat(11), { maxLength: 12 })
  .map((names) => names.map((name) => THINGS[name] ?? { name }))

test('whatever a list becomes, the disk holds it and nothing else, in its order', () => {
  fc.assert(
    fc.property(fc.array(list, { maxLength: 8 }), (lists) => {
      const disk = onDisk()
      for (const items of lists) {
        disk.put(items)
        expect(read(disk.rows)).toEqual(items)
      }
    }),
  )
})

const [a, b, c, d] = [{ name: 0 }, { name: 1 }, { name: 2 }, { name: 3 }]
const changed = { name: 99 }

test.each<[string, readonly Thing[], number]>([
  ['nothing', [a, b, c], 0],
  ['one at the end', [a, b, c, d], 1],
  ['one at the front', [d, a, b, c], 1],
  ['one in the place of another', [a, changed, c], 1],
  ['the first gone', [b, c], 0],
  ['the first gone and one at the end', [b, c, d], 1],
  ['two in a gap for one: all anew', [a, changed, d, c], 4],
  ['another order: all anew', [c, a, b], 3],
])('new is %s', (_what, items, writes) => {
  const disk = onDisk()
  disk.put([a, b, c])
  const before = disk.writes()
  disk.put(items)
  expect(disk.writes() - before).toBe(writes)
})
