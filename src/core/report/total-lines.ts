/** The shop's own total against the terminal's, as lines of the list: every difference, and what somebody has said about it. */
import { shopTotals } from '../batch/decide-shop-total.ts'
import { type ShopTotal, totalDifference } from '../batch/shop-total.ts'
import { type Message, message } from '../message.ts'
import type { TerminalState } from '../terminal/state.ts'
import { signedText } from '../till/wish.ts'
import type { Exception } from './exception.ts'
import type { Note } from './note.ts'

/**
 * The last count of each batch; an earlier one was counted again, and what was said of it is said of it alone. Those of earlier days stand there
 * until they are explained.
 */
export function totalLines(
  notes: readonly Note[],
  state: TerminalState | null,
): readonly Exception[] {
  const counted = new Map<string, ShopTotal>()
  const said = new Map<string, Message>()
  const count = (total: ShopTotal): void => {
    // One count whose batch has another number by now.
    for (const [batch, { at }] of counted) if (at === total.at) counted.delete(batch)
    counted.set(total.batch, total)
    said.delete(total.batch)
  }
  for (const note of notes) {
    if (note.note === 'shopTotal') count(note.total)
    if (note.note === 'totalExplained')
      said.set(note.batch, message(`totalExplained.${note.why}`, { operator: note.operator }))
  }
  for (const total of state === null ? [] : shopTotals(state)) count(total)
  return [...counted.values()]
    .filter((total) => totalDifference(total) !== 0)
    .map((total) => lineOf(total, said.get(total.batch)))
}

function lineOf(total: ShopTotal, said: Message | undefined): Exception {
  const { at, batch, operator, oursMinor, shopMinor } = total
  const params = {
    batch,
    ours: signedText(oursMinor),
    shops: signedText(shopMinor),
    difference: signedText(totalDifference(total)),
  }
  const why = [message('totalDiffers', params), said ?? message('totalNotExplained')]
  return { at, trace: '', operator, amountMinor: null, what: 'total', about: [], why }
}
