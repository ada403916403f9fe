/** The sound that a speech engine gives: 16-bit mono, as one would cut and join it. */

/** Frequency in hertz and samples from -32768 to 32767. */
export type Sound = { readonly hertz: number; readonly samples: Int16Array }

const HEADER_BYTES = 44
/** Softer than this is silence: about -44 dB of the loudest there can be. */
const SILENCE = 200
/** What is kept before and after the first and last sound, so that no consonant is cut. */
const MARGIN_MS = 12
/** All clips are made as loud as this at their loudest. */
const PEAK = 26_000

/** Reads a RIFF file of 16-bit mono PCM; throws when it is something else. Data of unknown length (a pipe) runs to the end of the file. */
export function readWave(file: Buffer): Sound {
  const isWave =
    file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WAVE'
  const isMono16 = file.readUInt16LE(22) === 1 && file.readUInt16LE(34) === 16
  if (!isWave || !isMono16) throw new Error('not 16-bit mono PCM')
  const count = Math.floor((file.length - HEADER_BYTES) / 2)
  const samples = Int16Array.from({ length: count }, (_, index) =>
    file.readInt16LE(HEADER_BYTES + 2 * index),
  )
  return { hertz: file.readUInt32LE(24), samples }
}

/** Without the silence before and after, at the loudness of all others. */
export function trimmed({ hertz, samples }: Sound): Sound {
  const isHeard = (value: number): boolean => Math.abs(value) > SILENCE
  const first = samples.findIndex(isHeard)
  if (first === -1) throw new Error('nothing to hear')
  const margin = Math.round((hertz * MARGIN_MS) / 1000)
  const cut = samples.subarray(
    Math.max(0, first - margin),
    Math.min(samples.length, samples.findLastIndex(isHeard) + margin),
  )
  const loudest = cut.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
  return { hertz, samples: cut.map((value) => Math.round((value * PEAK) / loudest)) }
}

/** A file of all of it, one after the other. */
export function writeWave(hertz: number, parts: readonly Int16Array[]): Buffer {
  const bytes = 2 * parts.reduce((sum, part) => sum + part.length, 0)
  const file = Buffer.alloc(HEADER_BYTES + bytes)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(36 + bytes, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(hertz, 24)
  file.writeUInt32LE(hertz * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(bytes, 40)
  let at = HEADER_BYTES
  for (const part of parts) for (const value of part) at = file.writeInt16LE(value, at)
  return file
}
