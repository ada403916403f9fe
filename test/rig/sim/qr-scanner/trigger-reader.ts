/** What a scanner hears: the trigger commands of two families, written down from their user guides. */
export type Heard =
  | { readonly kind: 'trigger'; readonly on: boolean; readonly answer: Uint8Array | null }
  | { readonly kind: 'complaint'; readonly about: string }

const SYN_T_CR = '\u0016T\r'
const SYN_U_CR = '\u0016U\r'
const NEWLAND_START = '~\u00010000'
const NEWLAND_END = ';\u0003'
/** No command is longer. */
const COMMAND_LIMIT = 64

export function createTriggerReader(): { push(bytes: Uint8Array): Heard[] } {
  let rest = ''

  /** One command at the front of `rest`, or null when it is not whole yet. */
  function next(): Heard | null {
    if (rest.startsWith(SYN_T_CR)) return took(3, { kind: 'trigger', on: true, answer: null })
    if (rest.startsWith(SYN_U_CR)) return took(3, { kind: 'trigger', on: false, answer: null })
    const end = rest.indexOf(NEWLAND_END)
    if (rest.startsWith(NEWLAND_START) && end !== -1) {
      const inner = rest.slice(NEWLAND_START.length, end)
      return took(end + NEWLAND_END.length, newland(inner.slice(0, 1), inner.slice(1)))
    }
    const begun = [SYN_T_CR, SYN_U_CR].some((command) => command.startsWith(rest))
    const waits = rest.length < COMMAND_LIMIT && (begun || (rest.startsWith('~') && end === -1))
    return waits ? null : took(1, { kind: 'complaint', about: `byte ${rest.charCodeAt(0)}` })
  }

  function took(length: number, heard: Heard): Heard {
    rest = rest.slice(length)
    return heard
  }

  return {
    push(bytes) {
      rest += Buffer.from(bytes).toString('latin1')
      const all: Heard[] = []
      while (rest.length > 0) {
        const heard = next()
        if (heard === null) break
        all.push(heard)
      }
      return all
    },
  }
}

function newland(storage: string, command: string): Heard {
  if (command !== 'SCNTRG1' && command !== 'SCNTRG0')
    return { kind: 'complaint', about: `command ${command}` }
  const answer = Buffer.from(`\u0002\u00010000${storage}${command}\u0006;\u0003`, 'latin1')
  return { kind: 'trigger', on: command === 'SCNTRG1', answer }
}
