/** A text as a QR code (ISO/IEC 18004). ReceiptLine draws them for slips; this takes the squares and leaves its paper. */
import receiptline from 'receiptline'
import type { CodePicture } from '../api/support-view.ts'

/** Sides of one square; ReceiptLine takes 3 to 8. */
const SQUARE = 3

/** `text`: printable ASCII without the marks of ReceiptLine (`{ } | ; \ ~`). Null for any other, and for what is too long for a code. */
export function codePicture(text: string): CodePicture | null {
  if (!/^[ -~]+$/.test(text) || /[{}|;\\~]/.test(text)) return null
  const drawn = receiptline.transform(`{code:${text};option:qrcode,${SQUARE},m}`, {
    cpl: 48,
    encoding: 'multilingual',
    command: 'svg',
  })
  const path = /<path d="([^"]+)"/.exec(drawn)?.[1]
  const size = Number(/viewBox="0 0 \d+ (\d+)"/.exec(drawn)?.[1])
  return path === undefined || !Number.isInteger(size) ? null : { size, path }
}
