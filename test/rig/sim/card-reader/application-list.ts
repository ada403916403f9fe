/** Which cards a kernel of the reader knows: the applications that left the factory with it, and those that a terminal has added since. */
import type { Taken } from './ca-key-list.ts'
import { decodeObjects } from './objects.ts'

export type ApplicationList = {
  /** AID → whether a card's longer name is taken too, in hex. They stay when the power goes. */
  readonly aids: ReadonlyMap<string, 'partial' | 'exact'>
  /** Adds or replaces one. */
  take(data: Buffer): Taken
  knows(cardAid: string): boolean
  /** As if another unit stood here. */
  reset(): void
}

/** UnionPay debit, credit, quasi-credit and electronic cash: what a reader for this market is shipped with. */
const FACTORY: readonly string[] = ['01', '02', '03', '06'].map((last) => `A0000003330101${last}`)

export function createApplicationList(): ApplicationList {
  const aids = new Map<string, 'partial' | 'exact'>()
  const reset = (): void => {
    aids.clear()
    for (const aid of FACTORY) aids.set(aid, 'partial')
  }
  reset()
  return {
    aids,
    take(data) {
      const objects = decodeObjects(data)
      const aid = objects?.get('9F06') ?? ''
      if (aid.length < 10 || aid.length > 32) return 'an AID of a wrong length'
      const selection = objects?.get('DF01') ?? '00'
      if (selection !== '00' && selection !== '01') return 'an AID that says no way of selection'
      aids.set(aid, selection === '00' ? 'partial' : 'exact')
      return 'kept'
    },
    knows: (cardAid) =>
      [...aids].some(
        ([aid, way]) => cardAid === aid || (way === 'partial' && cardAid.startsWith(aid)),
      ),
    reset,
  }
}
