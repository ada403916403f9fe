/** BER-TLV under attack: what is read can be written, and reads as the same objects. */
import { parseTlv, type TlvObject } from '#emv/tlv.ts'
import { buildTlv, type TlvItem } from '#emv/tlv-build.ts'
import { broken, sameBytes, type Target, type Verdict } from './target.ts'

export function tlvTarget(corpus: readonly Uint8Array[]): Target {
  return { name: 'BER-TLV', corpus, judge }
}

function judge(bytes: Uint8Array): Verdict {
  const parsed = parseTlv(bytes)
  if (!parsed.ok) {
    if (parsed.error.offset > bytes.length) broken('the offset is outside of the input')
    return 'refused'
  }
  const built = buildTlv(parsed.objects.map(itemOf))
  if (sameBytes(built, bytes)) return 'taken'
  // Padding between objects and lengths longer than needed are read, and not written.
  const again = parseTlv(built)
  if (!again.ok) return broken('what was built is refused')
  if (built.length > bytes.length) broken('what was built is longer than what was read')
  if (outline(again.objects) !== outline(parsed.objects)) broken('other objects come back')
  return 'respelled'
}

function itemOf({ tag, value, children }: TlvObject): TlvItem {
  return children === null ? { tag, value } : { tag, children: children.map(itemOf) }
}

function outline(objects: readonly TlvObject[]): string {
  return objects
    .map(({ tag, value, children }) =>
      children === null
        ? `${tag}=${Buffer.from(value).toString('hex')}`
        : `${tag}(${outline(children)})`,
    )
    .join()
}
