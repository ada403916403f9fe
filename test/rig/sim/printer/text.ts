/** Characters as the printer's fonts have them: ASCII, two-byte Chinese, and the box pieces of the katakana page. */
import { complain, hex, type Piece, say } from './piece.ts'

/** A run of plain characters, up to the next control or high byte. */
export function asciiRun(bytes: Uint8Array): Piece {
  const end = bytes.findIndex((byte) => byte < 0x20 || byte > 0x7e)
  const run = end === -1 ? bytes : bytes.subarray(0, end)
  return print(run.length, new TextDecoder('latin1').decode(run), false)
}

/** One two-byte character. Four-byte characters are not in the font of such printers: a blot is printed, and complained about. */
export function chineseCharacter(bytes: Uint8Array): Piece {
  const [first = 0, second] = bytes
  if (first === 0x80 || first === 0xff) return complain(1, `byte ${hex(first)} in Chinese text`)
  if (second === undefined) return null
  if (second >= 0x30 && second <= 0x39) {
    if (bytes.length < 4) return null
    return {
      length: 4,
      lexed: [
        { kind: 'complaint', about: 'a four-byte character, which the font does not have' },
        { kind: 'instruction', instruction: { kind: 'text', text: '〓', wide: true } },
      ],
    }
  }
  if (second < 0x40 || second === 0x7f || second === 0xff)
    return complain(1, `half a Chinese character: ${hex(first)}`)
  return print(2, new TextDecoder('gb18030').decode(bytes.subarray(0, 2)), true)
}

/** One byte of a code page. Page 0 and the box pieces of page 1 are known; anything else is complained about and not printed. */
export function codePageCharacter(byte: number, page: number): Piece {
  const character =
    page === 0 ? CP437[byte - 0x80] : page === 1 ? KATAKANA_BOX[byte - 0x8f] : undefined
  if (character === undefined) return complain(1, `byte ${hex(byte)} of code page ${page}`)
  return print(1, character, false)
}

/** 0x80 to 0xFF of page 0, as the IBM PC of 1981 had them. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»' +
  '░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/** 0x8F to 0x9F of Epson's katakana page. */
const KATAKANA_BOX = '┼┴┬┤├▔─│▕┌┐└┘╭╮╰╯'

function print(length: number, text: string, wide: boolean): Piece {
  return say(length, { kind: 'text', text, wide })
}
