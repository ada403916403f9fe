/** By what the customer may pay just now: what this kind of transaction takes, less the devices in trouble. */
import type { TerminalState } from '#core/terminal/state.ts'
import { ruleOf, type TransactionKind } from '#core/transaction/kinds.ts'
import type { Means } from './view.ts'

export function meansOf(state: TerminalState, kind: TransactionKind): readonly Means[] {
  const card = state.devices.cardReader.troubles.length === 0
  const code = ruleOf(kind).takesCodes && state.devices.qrScanner.troubles.length === 0
  return [
    ...(card ? (['insert', 'tap', 'swipe'] as const) : []),
    ...(code ? (['code'] as const) : []),
  ]
}
