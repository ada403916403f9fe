/**
 * Reads ESC/POS as a printer with a Chinese font does, written from the command list alone. A command that a slip has no
 * business to contain (reset, status, cut, anything unknown) is an error.
 */

export type PrintedRun = {
  readonly text: string
  /** Dots from the left edge of the paper. */
  readonly x: number
  readonly widthDots: number
  readonly wide: number
  readonly high: number
  readonly bold: boolean
  readonly reversed: boolean
}

export type PrintedLine =
  | { readonly kind: 'text'; readonly runs: readonly PrintedRun[] }
  | { readonly kind: 'barcode'; readonly data: string }

/** Arguments of the commands without effect on what is read here: how many bytes follow. */
const IGNORED: Readonly<Record<string, number>> = {
  '1b4d': 1, // ESC M, font
  '1b20': 1, // ESC SP, character spacing
  '1c53': 2, // FS S, Chinese character spacing
  '1b32': 0, // ESC 2, default line spacing
  '1b33': 1, // ESC 3, line spacing
  '1b7b': 1, // ESC {, upside down
  '1b74': 1, // ESC t, code page
  '1b61': 1, // ESC a, alignment
  '1b2d': 1, // ESC -, underline
  '1c2d': 1, // FS -, underline of Chinese characters
  '1d57': 2, // GS W, width of the print area
  '1d77': 1, // GS w, module width
  '1d68': 1, // GS h, height of bars
  '1d48': 1, // GS H, digits below
}

const CELL = 12

export function decodeEscPos(bytes: Uint8Array): readonly PrintedLine[] {
  const lines: PrintedLine[] = []
  let runs: PrintedRun[] = []
  let [margin, x, wide, high] = [0, 0, 1, 1]
  let [bold, reversed, chinese] = [false, false, false]
  let at = 0
  const next = (): number => {
    const byte = bytes[at]
    if (byte === undefined) throw new Error(`cut short at ${at}`)
    at += 1
    return byte
  }
  const word = (): number => next() + 256 * next()
  const print = (text: string, cells: number): void => {
    const widthDots = cells * CELL * wide
    const last = runs.at(-1)
    const joins = last !== undefined && last.x + last.widthDots === margin + x
    const same = joins && last.wide === wide && last.bold === bold && last.reversed === reversed
    if (same)
      runs[runs.length - 1] = {
        ...last,
        text: last.text + text,
        widthDots: last.widthDots + widthDots,
      }
    else runs.push({ text, x: margin + x, widthDots, wide, high, bold, reversed })
    x += widthDots
  }
  const command = (lead: number): void => {
    const name = Buffer.from([lead, next()]).toString('hex')
    const skip = IGNORED[name]
    if (skip !== undefined) at += skip
    else if (name === '1c26') chinese = true
    else if (name === '1c2e') chinese = false
    else if (name === '1d4c') margin = word()
    else if (name === '1b24') x = word()
    else if (name === '1b5c') x += word()
    else if (name === '1b45') bold = (next() & 1) === 1
    else if (name === '1d42') reversed = (next() & 1) === 1
    else if (name === '1d21') {
      const size = next()
      wide = (size >> 4) + 1
      high = (size & 7) + 1
    } else if (name === '1d6b') {
      if (next() !== 73) throw new Error('not CODE 128')
      const count = next()
      lines.push({ kind: 'barcode', data: code128(bytes.subarray(at, at + count)) })
      at += count
    } else throw new Error(`command ${name} at ${at}`)
  }
  while (at < bytes.length) {
    const byte = next()
    if (byte === 0x0a) {
      lines.push({ kind: 'text', runs })
      runs = []
      x = 0
    } else if (byte === 0x1b || byte === 0x1c || byte === 0x1d) command(byte)
    else if (byte >= 0x20 && byte <= 0x7e) print(String.fromCharCode(byte), 1)
    else if (chinese && byte >= 0x81 && byte <= 0xfe) {
      const pair = new Uint8Array([byte, next()])
      if ((pair[1] ?? 0) < 0x40) throw new Error(`four-byte character at ${at}`)
      print(new TextDecoder('gbk', { fatal: true }).decode(pair), 2)
    } else throw new Error(`byte ${byte.toString(16)} at ${at}`)
  }
  if (runs.length > 0) throw new Error('the last line was never fed')
  return lines
}

/** Code sets B and C of CODE 128 as GS k takes them: `{B` text, `{C` one byte per two digits. */
function code128(data: Uint8Array): string {
  let text = ''
  let set = ''
  for (let at = 0; at < data.length; at += 1) {
    const byte = data[at] ?? 0
    if (byte === 0x7b) {
      at += 1
      set = String.fromCharCode(data[at] ?? 0)
    } else text += set === 'C' ? String(byte).padStart(2, '0') : String.fromCharCode(byte)
  }
  return text
}

/** Text of one line as the eye reads it: position becomes blanks. */
export function readLine(line: PrintedLine): string {
  if (line.kind === 'barcode') return ''
  return line.runs
    .map(({ text }) => text)
    .join('')
    .trim()
}
