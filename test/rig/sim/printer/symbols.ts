/** Barcodes: what GS k asks for, and how bars and QR codes look in dots. */
import receiptline from 'receiptline'
import { complain, type Piece, say } from './piece.ts'

const SYMBOLOGIES = [
  'upc',
  'upce',
  'ean13',
  'ean8',
  'code39',
  'itf',
  'codabar',
  'code93',
  'code128',
]

/** GS k m d… NUL for m up to 6, GS k m n d… from 65 on. */
export function barcodeCommand(bytes: Uint8Array): Piece {
  const [, , m, n] = bytes
  if (m === undefined) return null
  if (m <= 6) {
    const end = bytes.indexOf(0, 3)
    if (end === -1) return bytes.length > 260 ? complain(3, 'GS k without end') : null
    return barcode(end + 1, m, bytes.subarray(3, end))
  }
  if (m < 65 || m > 73) return complain(3, `GS k ${m}`)
  if (n === undefined || bytes.length < 4 + n) return null
  return barcode(4 + n, m - 65, bytes.subarray(4, 4 + n))
}

function barcode(length: number, index: number, data: Uint8Array): Piece {
  const symbology = SYMBOLOGIES[index] ?? 'code128'
  const text = symbology === 'code128' ? code128Text(data) : new TextDecoder('latin1').decode(data)
  return say(length, { kind: 'barcode', symbology, data: withCheckDigit(symbology, text) })
}

/** Digits of the retail symbologies without their check digit. */
const DIGITS: Readonly<Record<string, number>> = { ean13: 12, ean8: 7, upc: 11 }

/** The printer works out the check digit that was left off. */
function withCheckDigit(symbology: string, text: string): string {
  if (text.length !== DIGITS[symbology] || !/^\d+$/.test(text)) return text
  const sum = Array.from(text, Number)
    .reverse()
    .reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 3 : 1), 0)
  return `${text}${(10 - (sum % 10)) % 10}`
}

/** Code 128 data switches sets with {A, {B and {C; in set C each byte is two digits. */
function code128Text(data: Uint8Array): string {
  let text = ''
  let set = 'B'
  for (let at = 0; at < data.length; at++) {
    const byte = data[at] ?? 0
    const next = String.fromCharCode(data[at + 1] ?? 0)
    if (byte === 0x7b) {
      if ('ABC'.includes(next)) set = next
      else if (next === '{') text += '{'
      at += 1
    } else text += set === 'C' ? String(byte).padStart(2, '0') : String.fromCharCode(byte)
  }
  return text
}

export type Drawing = { readonly path: string; readonly width: number; readonly height: number }

/** Bars `height` dots high; null when the data cannot be shown in that symbology. */
export function drawBarcode(
  symbology: string,
  data: string,
  size: { readonly module: number; readonly height: number },
): Drawing | null {
  const name = symbology.replace('13', '').replace(/(?<=ean)8|(?<=upc)e/, '')
  return draw(`{code:${escaped(data)};option:${name},${size.module},${size.height},nohri}`)
}

export function drawQrCode(data: string, size: { module: number; level: string }): Drawing | null {
  return draw(`{code:${escaped(data)};option:qrcode,${size.module},${size.level}}`)
}

/** ReceiptLine is borrowed as a drawing tool; what it draws was decided by the bytes above. */
function draw(document: string): Drawing | null {
  const svg = receiptline.transform(document, { cpl: 48, encoding: 'gb18030', command: 'svg' })
  const path = /<path d="([^"]+)"/.exec(svg)?.[1]
  if (path === undefined) return null
  let width = 0
  let height = 0
  for (const [, x, y, dx, dy] of path.matchAll(/M(\d+),(\d+)(?:h(\d+)v(\d+)|l(\d+))/g)) {
    width = Math.max(width, Number(x) + Number(dx ?? 0))
    height = Math.max(height, Number(y) + Number(dy ?? 0))
  }
  const cell = Number(/l(\d+),0/.exec(path)?.[1] ?? 0)
  return { path, width: width + cell, height: height + cell }
}

function escaped(data: string): string {
  return Array.from(data)
    .map((c) => (/[A-Za-z0-9]/.test(c) ? c : c.charCodeAt(0) < 256 ? byteEscape(c) : c))
    .join('')
}

function byteEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
