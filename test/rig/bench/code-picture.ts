/** Draws a text as a QR code for a phone's screen. The receipt library knows how; we only keep the drawing. */
import { transform } from 'receiptline'

/** A longer text would not fit a code that a scanner reads off a phone. */
const MAX_TEXT_LENGTH = 300
const CELL = 4
const QUIET_ZONE = 16

/** SVG on white with a quiet zone; null when the text is empty, too long or not drawable. */
export function codeSvg(text: string): string | null {
  if (text === '' || text.length > MAX_TEXT_LENGTH || /[{}|;\\]/.test(text)) return null
  const receipt = transform(`{code:${text};option:qrcode,${CELL},m}`, {
    cpl: 48,
    encoding: 'multilingual',
    command: 'svg',
  })
  const path = /<path d="([^"]+)"/.exec(receipt)?.[1]
  const height = Number(/viewBox="0 0 \d+ (\d+)"/.exec(receipt)?.[1])
  if (path === undefined || !Number.isFinite(height)) return null
  const size = height + 2 * QUIET_ZONE
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">`,
    `<rect width="${size}" height="${size}" fill="#fff"/>`,
    `<path transform="translate(${QUIET_ZONE} ${QUIET_ZONE})" d="${path}"/></svg>`,
  ].join('')
}
