/** Where the items of a list stand on disk, so that those that stay need not be written again. */

export type Placed<Item> = { readonly item: Item; readonly place: number }

export type Placement<Item, Kept extends Placed<Item>> = {
  /** The list as it is now, by rising place. What stays is the object of before; the others are to be written. */
  readonly placed: readonly (Kept | Placed<Item>)[]
  /** Places where nothing stands any more. */
  readonly gone: readonly number[]
}

/**
 * An item that is the same object stays where it is, one that took the place of another is written over it. Where there is no room between two
 * that stay, or when they have changed their order, all are written anew.
 */
export function placeItems<Item, Kept extends Placed<Item>>(
  before: readonly Kept[],
  items: readonly Item[],
): Placement<Item, Kept> {
  const placed = inPlace(before, items) ?? items.map((item, place) => ({ item, place }))
  const used = new Set(placed.map(({ place }) => place))
  return { placed, gone: before.map(({ place }) => place).filter((place) => !used.has(place)) }
}

/** Null when there is no such order. */
function inPlace<Item, Kept extends Placed<Item>>(
  before: readonly Kept[],
  items: readonly Item[],
): readonly (Kept | Placed<Item>)[] | null {
  const byItem = new Map(before.map((kept) => [kept.item, kept]))
  const placed: (Kept | Placed<Item>)[] = []
  let fresh: Item[] = []
  let last: number | null = null
  const settle = (next: number | null): boolean => {
    const from: number = last === null ? (next ?? fresh.length) - fresh.length : last + 1
    if (next !== null && from + fresh.length > next) return false
    for (const [index, item] of fresh.entries()) placed.push({ item, place: from + index })
    fresh = []
    return true
  }
  for (const item of items) {
    const kept = byItem.get(item)
    if (kept === undefined) fresh.push(item)
    else {
      if ((last !== null && kept.place <= last) || !settle(kept.place)) return null
      placed.push(kept)
      last = kept.place
    }
  }
  return settle(null) ? placed : null
}
