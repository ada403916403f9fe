/** BER-TLV inside a field (DE 55, 62). Reading and writing of the tags themselves is the EMV room's. */
import { concat } from '#crypto/bytes.ts'
import { fromHex, toHex } from '#crypto/hex.ts'
import { parseTlv, type TlvObject } from '#emv/tlv.ts'
import { buildTlv } from '#emv/tlv-build.ts'
import type { CodecError } from '../fault.ts'
import type { PartsCodec } from './byte-composite.ts'
import type { Part } from './composite.ts'
import { type Element, readWhole, writeElement } from './element.ts'

/** Tags that are not in `elements` are kept: primitive ones as hex, constructed ones as parts. */
export function berTlvParts(elements: ReadonlyMap<string, Element>): PartsCodec {
  return {
    readParts(reader) {
      const parsed = parseTlv(reader.bytes)
      if (!parsed.ok) {
        const { code, path, offset } = parsed.error
        const isCut = code === 'truncated'
        reader.fault = { code: isCut ? 'truncated' : 'limit', path, offset, need: 0, have: 0 }
        return []
      }
      reader.at = reader.end
      const read = partsOf(parsed.objects, elements)
      if ('parts' in read) return read.parts
      reader.fault = read.error
      return []
    },
    writeParts: (parts) => writeTags(parts, elements),
  }
}

type PartsOrError = { readonly parts: readonly Part[] } | { readonly error: CodecError }

function partsOf(
  objects: readonly TlvObject[],
  elements: ReadonlyMap<string, Element>,
): PartsOrError {
  const parts: Part[] = []
  for (const { tag, value, children, offset } of objects) {
    const element = elements.get(tag)
    if (element !== undefined) {
      const read = readWhole(element, value)
      if ('error' in read) {
        return { error: { ...read.error, path: [tag, ...read.error.path], offset } }
      }
      parts.push({ id: tag, value: read.value })
    } else if (children !== null) {
      const inside = partsOf(children, elements)
      if ('error' in inside)
        return { error: { ...inside.error, path: [tag, ...inside.error.path] } }
      parts.push({ id: tag, value: inside.parts })
    } else parts.push({ id: tag, value: toHex(value) })
  }
  return { parts }
}

function writeTags(
  parts: readonly Part[],
  elements: ReadonlyMap<string, Element>,
): { readonly bytes: Uint8Array } | { readonly error: CodecError } {
  const pieces: Uint8Array[] = []
  for (const { id, value } of parts) {
    const content = isTag(id) ? tagContent(id, value, elements) : WRONG_TAG
    if ('error' in content) {
      return { error: { ...content.error, path: [id, ...content.error.path] } }
    }
    pieces.push(buildTlv([{ tag: id, value: content.bytes }]))
  }
  return { bytes: concat(...pieces) }
}

const WRONG_TAG: { readonly error: CodecError } = {
  error: { code: 'value', path: [], offset: 0, need: 0, have: 0 },
}

function tagContent(
  tag: string,
  value: Part['value'],
  elements: ReadonlyMap<string, Element>,
): { readonly bytes: Uint8Array } | { readonly error: CodecError } {
  const element = elements.get(tag)
  if (element !== undefined) return writeElement(element, value)
  if (typeof value !== 'string') return writeTags(value, elements)
  const bytes = fromHex(value)
  return bytes === null
    ? { error: { code: 'alphabet', path: [], offset: 0, need: 0, have: value.length } }
    : { bytes }
}

/** Whether hex spells exactly one tag: it reads back as itself with an empty value. */
function isTag(id: string): boolean {
  const bytes = fromHex(id)
  const read = bytes === null ? null : parseTlv(concat(bytes, Uint8Array.of(0)))
  return read?.ok === true && read.objects[0]?.tag === id
}
