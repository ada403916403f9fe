/** Fields one after the other without tags. */
import { concat } from '#crypto/bytes.ts'
import type { PartsCodec } from './byte-composite.ts'
import { blame } from './byte-composite.ts'
import type { Part } from './composite.ts'
import { type Element, readElement, writeElement } from './element.ts'

export type NamedElement = Element & { readonly id: string }

/** Parts in fixed order; `cut`: those at the end may be missing. */
export function sequenceParts(elements: readonly NamedElement[], cut: boolean): PartsCodec {
  return {
    readParts(reader) {
      const parts: Part[] = []
      for (const element of elements) {
        if (cut && reader.at === reader.end) break
        const value = readElement(element, reader)
        blame(reader, element.id)
        if (reader.fault !== null) break
        parts.push({ id: element.id, value })
      }
      return parts
    },
    writeParts(parts) {
      const pieces: Uint8Array[] = []
      for (const [index, element] of elements.entries()) {
        const part = parts[index]
        if (part === undefined && cut) break
        if (part?.id !== element.id) {
          return { error: { code: 'value', path: [element.id], offset: 0, need: 0, have: 0 } }
        }
        const written = writeElement(element, part.value)
        if ('error' in written) {
          return { error: { ...written.error, path: [element.id, ...written.error.path] } }
        }
        pieces.push(written.bytes)
      }
      const extra = parts[elements.length]
      return extra === undefined
        ? { bytes: concat(...pieces) }
        : { error: { code: 'unknownField', path: [extra.id], offset: 0, need: 0, have: 0 } }
    },
  }
}
