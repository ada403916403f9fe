/**
 * The shop's own receive code on its sticker: looked at on the first sign-in of a day and whenever somebody asks, because a stranger's code may
 * have been stuck over it. A wrong one is an alarm that stands until a supervisor has taken it away.
 */
import { isSameDay } from '../calendar.ts'
import { type Message, message } from '../message.ts'
import type { Role } from '../terminal/setup.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { Sticker } from './known-sticker.ts'

export function stickerOf(state: TerminalState): Sticker {
  return state.sticker ?? { checkedAt: 0, wrongSince: 0 }
}

/** True when today's look is still to be taken. Never in a drill. */
export function isStickerDue(state: TerminalState): boolean {
  const { drill, payee } = state.setup
  if (drill || payee === undefined || !payee.daily) return false
  const scans = state.devices.qrScanner.troubles.length === 0
  return scans && !isSameDay(stickerOf(state).checkedAt, state.at)
}

/** What stands on the open list because of it. */
export function stickerItems(
  state: TerminalState,
): readonly { id: string; message: Message; options: readonly string[] }[] {
  if (stickerOf(state).wrongSince === 0) return []
  return [
    {
      id: 'sticker',
      message: message('sticker.standing'),
      options: ['checkSticker', 'clearSticker', 'moneyWent'],
    },
  ]
}

/** Who may say that the foreign code is gone. */
export function mayClear(role: Role): boolean {
  return role === 'supervisor' || role === 'administrator'
}
