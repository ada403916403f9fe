/** Track 2 as a terminal with a track key sends it: sixteen digits of it are cipher text. */
import { fromHex, toHex } from '../wire/hex.ts'
import { desDecrypt } from './des.ts'

const CIPHER_DIGITS = 16

/** The track in clear; null when it is too short to hold cipher text. */
export function clearTrack(trackKey: Uint8Array, track: string): string | null {
  const tail = track.length % 2 === 1 ? 1 : 2
  const from = track.length - CIPHER_DIGITS - tail
  if (from < 0) return null
  const cipher = track.slice(from, -tail)
  const clear = toHex(desDecrypt(trackKey, fromHex(cipher)))
  return `${track.slice(0, from)}${clear}${track.slice(-tail)}`.replace(/^F+/, '')
}
