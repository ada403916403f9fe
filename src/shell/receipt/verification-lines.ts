/** How the customer agreed: PIN, signature on screen or paper, or nothing up to a limit; and the sentence that belongs to it. */
import { formatMinor } from '#core/money.ts'
import type { Slip, SlipFacts } from '#core/receipt/slip.ts'
import { isSigned } from '#core/signature/signature.ts'
import { readInk } from '../api/ink.ts'
import { inkPicture } from './ink-picture.ts'
import { BLANK, RULE, type SlipLine } from './slip-line.ts'
import { pair, wrapped } from './slip-text.ts'
import type { SlipWords } from './slip-words.ts'

/** Room for a signature, in lines. */
const SIGNATURE_LINES = 3

export function verificationLines(
  { facts, copy }: Slip,
  columns: number,
  words: SlipWords,
): SlipLine[] {
  const sentence = verificationSentence(facts, words)
  const signs = isSigned(facts.verification) && copy === 'merchant'
  const { signature } = facts
  const declaration = facts.entry === 'code' ? words.declaration.code : words.declaration.card
  return [
    ...(sentence === '' ? [] : wrapped(sentence, columns, { bold: true })),
    ...(signature === undefined ? [] : signatureLines(signature, columns, words)),
    ...(signs && signature === undefined
      ? [
          ...wrapped(words.labels.signature, columns),
          ...Array.from({ length: SIGNATURE_LINES }, () => BLANK),
          RULE,
        ]
      : []),
    ...declaration.flatMap((text) => wrapped(text, columns)),
  ]
}

/** The code ties the lines to this transaction; a copy for the customer names it alone. */
function signatureLines(
  { code, ink }: NonNullable<SlipFacts['signature']>,
  columns: number,
  { labels }: SlipWords,
): SlipLine[] {
  const drawn = ink === undefined ? null : readInk(ink)
  return [
    ...pair(labels.signedOnScreen, code, columns),
    ...(drawn === null ? [] : [{ kind: 'picture' as const, png: inkPicture(drawn) }]),
    RULE,
  ]
}

function verificationSentence(facts: SlipFacts, { verification }: SlipWords): string {
  const kind = facts.verification
  if (kind === 'pinAndSignature' || kind === 'signature') return ''
  const limit = facts.verificationLimitMinor
  return limit === null
    ? verification[kind].plain
    : verification[kind].limited.replace('{limit}', formatMinor(limit).replace(/\.00$/, ''))
}
