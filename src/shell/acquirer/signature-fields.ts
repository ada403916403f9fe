/**
 * The 0820 of a signature as fields: amount, number, settlement date and reference name the payment, 55 its slip, 62 the
 * picture, in packets where it is long. The card's number stays away: none is kept, and the reference names the payment.
 */
import { toDe4 } from '#core/money.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import { buildGbkTable } from '#iso8583/characters/gbk.ts'
import { signaturePicture } from '../signature/picture.ts'
import type { Fields, TerminalNumbers } from './fields.ts'
import { signatureElements } from './signature-elements.ts'

export type SignatureMessage = {
  /** 60.1. */
  readonly type: string
  /** 60.3 of the only packet or the last one, and of those before it. */
  readonly management: string
  readonly moreManagement: string
  /** Most bytes of DE 62. */
  readonly packetBytes: number
  /** DE 64 is there. */
  readonly mac: boolean
  /** DE 55 is there. */
  readonly slipElements: boolean
  /** Where the currency stands in DE 55. */
  readonly currencyTag: 'FF0A' | 'FF09' | 'none'
  /** DE 39 after which the next packet is sent. */
  readonly accepted: readonly string[]
}

export const SIGNATURE_MTI = '0820'
const NO_DATE = '0000'

/** One message for each packet, in order. `prints`: papers of the payment that are out. */
export function signatureMessages(
  numbers: TerminalNumbers,
  message: SignatureMessage,
  { prints, upload }: { readonly upload: SignatureUpload; readonly prints: number },
): readonly Fields[] {
  const { facts, settlementDate, stan } = upload
  const picture = signaturePicture(facts.signature ?? { code: '' })
  const packets = Math.ceil(picture.length / message.packetBytes)
  return Array.from({ length: packets }, (_, at): Fields => {
    const isLast = at === packets - 1
    const management = isLast ? message.management : message.moreManagement
    const from = at * message.packetBytes
    return {
      '4': toDe4(facts.amountMinor),
      '11': stan,
      ...(/^\d{4}$/.test(settlementDate) && settlementDate !== NO_DATE
        ? { '15': settlementDate }
        : {}),
      ...(facts.reference === '' ? {} : { '37': facts.reference }),
      '41': numbers.terminalNumber,
      '42': numbers.merchantNumber,
      ...(message.slipElements
        ? {
            '55': signatureElements(upload, {
              currencyTag: message.currencyTag,
              gbk: buildGbkTable(),
              prints,
            }),
          }
        : {}),
      '60': `${message.type}${facts.batch}${management}`,
      '62': picture.slice(from, from + message.packetBytes),
    }
  })
}
