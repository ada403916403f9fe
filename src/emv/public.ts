/** The entry point `suretill/emv`: what others may rely on. Leaving a name out later is a breaking change; everything else may move. */
export { type Atr, type AtrOutcome, emvRefusal, parseAtr } from './atr.ts'
export { aipWords, tsiWords, tvrWords } from './bit-words.ts'
export { type CvmListOutcome, parseCvmList } from './cvm-list.ts'
export { buildDol, DOL_MAX_BYTES, type DolEntry, type DolOutcome, parseDol } from './dol.ts'
export { luhnValid } from './luhn.ts'
export { meaningOf, type TagFormat, type TagMeaning } from './tag-dictionary.ts'
export {
  findTlv,
  flattenTlv,
  parseTlv,
  TLV_MAX_BYTES,
  TLV_MAX_DEPTH,
  TLV_MAX_OBJECTS,
  TLV_MAX_TAG_BYTES,
  type TlvObject,
  type TlvOutcome,
} from './tlv.ts'
export { buildTlv, type TlvItem } from './tlv-build.ts'
export { parseTrack2, type Track2Outcome, track2FromTag57 } from './track2.ts'
