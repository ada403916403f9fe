/** An AID as the reader takes it: once for its slot and once for its antenna, whose kernels keep lists of their own. Pure. */
import { parseTlv } from '#emv/tlv.ts'
import { buildTlv } from '#emv/tlv-build.ts'
import type { Sending } from './kept-table.ts'
import { SET_CONTACT_AID, SET_CONTACTLESS_AID } from './protocol.ts'

/** What an acquirer says of an application, in the order in which it is sent; anything else in an entry is not for the reader. */
const TAGS: readonly string[] =
  '9F06 DF01 9F08 DF11 DF12 DF13 9F1B DF15 DF16 DF17 DF14 DF18 9F7B DF19 DF20 DF21'.split(' ')
const TAG_9F06_AID = '9F06'
const TAG_DF01_SELECTION = 'DF01'
/** ISO/IEC 7816-5: five bytes of RID and up to eleven more. */
const AID_BYTES = { least: 5, most: 16 }
/** Application selection indicator: the card's name may be longer than ours (00), or must be the same (01). */
const SELECTIONS: readonly (number | undefined)[] = [0x00, 0x01]

/** The entry is BER-TLV as the acquirer sent it; null without an AID, or with a selection that is none. */
export function aidSendings(entry: Uint8Array): readonly Sending[] | null {
  const { objects, ok } = parseTlv(entry)
  const chosen = TAGS.flatMap((wanted) => objects.filter(({ tag }) => tag === wanted).slice(0, 1))
  const valueOf = (wanted: string): Uint8Array | undefined =>
    chosen.find(({ tag }) => tag === wanted)?.value
  const aid = valueOf(TAG_9F06_AID)?.length ?? 0
  const selection = valueOf(TAG_DF01_SELECTION) ?? Uint8Array.of(0)
  const isGood = aid >= AID_BYTES.least && aid <= AID_BYTES.most && selection.length === 1
  if (!ok || !isGood || !SELECTIONS.includes(selection[0])) return null
  const data = buildTlv(chosen)
  return [SET_CONTACT_AID, SET_CONTACTLESS_AID].map((command) => ({ command, data }))
}
