/** What stands in front of a message, as `--frame-form` names it: messages of other hosts are read and written without a program of one's own. */
import { encodeFrame, type FrameOptions, UNIONPAY_FRAME } from '#iso8583/frame.ts'
import { hexBytes } from './iso8583-line.ts'

/** Length, TPDU, header: bytes of each; the length may say how it is written. */
const FORM = /^(0|[1-4](?:binary)?|[1-3]bcd|[2-6]ascii),([0-9]{1,2}),([0-9]{1,2})$/
/** Said of the usual form, and of what `--frame` alone means. */
export const USUAL_FORM = '2,5,6'

/**
 * Reads `2,5,6`, `0,5,6` or `4ascii,0,0`: bytes of the length header (0 none; binary, or with `bcd` or `ascii` behind the number), of the TPDU and of the
 * header. Null when it is none of those.
 */
export function readFrameForm(form: string): FrameOptions | null {
  const [, length, tpdu, header] = FORM.exec(form) ?? []
  if (length === undefined || tpdu === undefined || header === undefined) return null
  const bytes = Number.parseInt(length, 10)
  const written = length.slice(1)
  const encoding = written === 'bcd' || written === 'ascii' ? written : 'binary'
  const width = encoding === 'bcd' ? bytes * 2 : bytes
  return {
    length: bytes === 0 ? null : { width, encoding, inclusive: false },
    tpduBytes: Number(tpdu),
    headerBytes: Number(header),
    maxBytes: UNIONPAY_FRAME.maxBytes,
  }
}

/** Used where a frame has such a part and nobody says what stands in it. */
const USUAL_TPDU = '6000000000'
const USUAL_HEADER = '603100310000'

/** `message` behind what stands in front of it; null when TPDU or header are no hex of the size that the form says. */
export function framed(
  options: FrameOptions,
  message: Uint8Array,
  given: { readonly tpdu: string | undefined; readonly header: string | undefined },
): Uint8Array | null {
  const tpdu = hexBytes(given.tpdu ?? (options.tpduBytes === 0 ? '' : USUAL_TPDU))
  const header = hexBytes(given.header ?? (options.headerBytes === 0 ? '' : USUAL_HEADER))
  return tpdu === null || header === null ? null : encodeFrame(options, { tpdu, header, message })
}
