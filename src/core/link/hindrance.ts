/** Why nothing can be asked of the acquirer over the line as it is now. */
import { type Message, message } from '../message.ts'
import type { TerminalState } from '../terminal/state.ts'

/** Null when the line is up. */
export function linkHindrance({ link }: TerminalState): Message | null {
  switch (link) {
    case 'up':
      return null
    case 'down':
      return message('link.down')
    case 'signingOn':
      return message('link.signingOn')
    case 'signedOff':
      return message('link.signedOff')
  }
}
