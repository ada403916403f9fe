/**
 * Recorded exchanges with cards. There is no kernel here, so what is checked is what the data objects must carry: every answer reads
 * as TLV, what the terminal sent is as long as the card's lists asked, and values it sent back stand where the list puts them.
 */
import { expect } from 'vitest'
import { toHex } from '#crypto/public.ts'
import { buildDol, flattenTlv, parseDol, parseTlv, type TlvOutcome } from '#emv/public.ts'
import { bytes, type Checkers, get, type Json, text } from './vector.ts'

export const sessionCheckers: Checkers = {
  'ctls-apdu-session': (input, expected) => {
    const answers = exchanges(expected).map(({ answer }) => parseTlv(answer.subarray(0, -2)))
    expect(answers.filter((outcome) => !outcome.ok)).toEqual([])
    const fci = objects(answers[1])
    const dol = parseDol(fci.get('9F38') ?? new Uint8Array())
    const entries = dol.ok ? dol.entries : []
    const command = exchanges(expected)[2]?.command ?? new Uint8Array()
    const sent = command.subarray(7, 7 + (command[6] ?? 0))
    const known = flattenOf(
      `${text(get(input, 'transaction'))}9F3704${text(get(input, 'randoms'))}`,
    )
    // What the set does not say (terminal capabilities and the like) is taken from what was sent, so it must at least fit its place.
    let at = 0
    const taken = new Map<string, Uint8Array>()
    for (const { tag, length } of entries) {
      taken.set(tag, known.get(tag) ?? sent.subarray(at, at + length))
      at += length
    }
    expect(entries.length).toBeGreaterThan(0)
    expect(toHex(buildDol(entries, (tag) => taken.get(tag)))).toBe(toHex(sent))
  },
  'contact-apdu-script': (_, expected) => {
    // Only scripts that a kernel carries through: where one breaks off is for a kernel to say.
    expect(get(expected, 'emvUtilsOutcome')).toBe('success')
    const fine = exchanges(expected).filter(({ answer }) => toHex(answer.subarray(-2)) === '9000')
    expect(fine.map(answerFits)).toEqual(fine.map(() => true))
    expect(fine.length).toBeGreaterThan(0)
  },
}

function exchanges(expected: Json): readonly { command: Uint8Array; answer: Uint8Array }[] {
  const list = get(expected, 'exchange')
  if (!Array.isArray(list)) throw new Error('the vector holds no exchange')
  return list.map((one: Json) => ({ command: bytes(get(one, 'c')), answer: bytes(get(one, 'r')) }))
}

function flattenOf(hex: string): ReadonlyMap<string, Uint8Array> {
  return objects(parseTlv(bytes(hex)))
}

function objects(outcome: TlvOutcome | undefined): ReadonlyMap<string, Uint8Array> {
  return outcome?.ok ? flattenTlv(outcome.objects) : new Map()
}

/** SELECT gives an FCI with the name asked for, READ RECORD one template 70, GET PROCESSING OPTIONS profile and locator. */
function answerFits({ command, answer }: { command: Uint8Array; answer: Uint8Array }): boolean {
  const outcome = parseTlv(answer.subarray(0, -2))
  const [outer] = outcome.ok ? outcome.objects : []
  if (!outcome.ok || outer === undefined || outcome.objects.length !== 1) return false
  const inner = objects(outcome)
  switch (command[1] ?? 0) {
    case 0xa4: {
      const asked = toHex(command.subarray(5, 5 + (command[4] ?? 0)))
      return outer.tag === '6F' && toHex(inner.get('84') ?? new Uint8Array()).startsWith(asked)
    }
    case 0xb2:
      return outer.tag === '70'
    case 0xa8: {
      const locator = outer.tag === '80' ? outer.value.subarray(2) : inner.get('94')
      return locator !== undefined && locator.length > 0 && locator.length % 4 === 0
    }
    default:
      return false
  }
}
