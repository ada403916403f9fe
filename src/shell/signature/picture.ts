/** What a customer wrote, as the acquirer wants it: the lines over their feature code, as JBIG. */
import { INK_HEIGHT, INK_WIDTH, readInk } from '../api/ink.ts'
import { drawCode } from './code-dots.ts'
import { blank, inkDots } from './dots.ts'
import { encodeJbig } from './jbig.ts'

/** `ink`: in the form of `api/ink.ts`; what cannot be read is a picture with the code alone. */
export function signaturePicture({
  code,
  ink = '',
}: {
  readonly code: string
  readonly ink?: string
}): Uint8Array {
  const drawn = readInk(ink)
  const dots = drawn === null ? blank(INK_WIDTH, INK_HEIGHT) : inkDots(drawn)
  drawCode(dots, code)
  return encodeJbig(dots)
}
