/**
 * Run as a process of its own: handles two thousand card numbers, then looks for them in all of its own memory and prints how many
 * places hold one. `arena` uses the product's arena; `text` handles them as strings and shows that the search would see.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { fixedBytes } from '#crypto/bytes.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'

const CARDS = 2000
const DIGITS = 19
const CHUNK_BYTES = 1 << 20
const ZERO = 0x30

const kept: string[] = []
const arena = createSecretArena()
for (let card = 0; card < CARDS; card++) {
  const pan = cardNumber(card)
  if (process.argv[2] === 'text') kept.push(new TextDecoder().decode(pan))
  const secret = arena.put('pan', pan)
  secret.use((bytes) => bytes.length)
  secret.wipe()
}
arena.wipeAll()
console.log(JSON.stringify({ kept: kept.length, found: search() }))

/** Five digits say which card it is, the others follow from it: no literal and no text of it stands anywhere. */
function cardNumber(card: number): Uint8Array {
  const pan = fixedBytes(DIGITS)
  for (let at = 0; at < DIGITS; at++) pan[at] = ZERO + digitAt(card, at)
  return pan
}

function digitAt(card: number, at: number): number {
  return at < 5 ? Math.floor(card / 10 ** (4 - at)) % 10 : (card * 31 + at * at * 17 + 3) % 10
}

function search(): number {
  const memory = openSync('/proc/self/mem', 'r')
  const chunk = new Uint8Array(CHUNK_BYTES)
  let found = 0
  for (const line of readFileSync('/proc/self/maps', 'utf8').split('\n')) {
    const region = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line)
    if (region === null) continue
    const end = Number.parseInt(region[2] ?? '', 16)
    for (let at = Number.parseInt(region[1] ?? '', 16); at < end; at += CHUNK_BYTES - DIGITS) {
      found += count(chunk.subarray(0, read(memory, chunk, { at, end })))
    }
  }
  closeSync(memory)
  return found
}

function read(memory: number, chunk: Uint8Array, span: { at: number; end: number }): number {
  try {
    return readSync(memory, chunk, 0, Math.min(CHUNK_BYTES, span.end - span.at), span.at)
  } catch {
    // A region that the kernel does not lend (or that is gone by now) cannot hold what we look for.
    return 0
  }
}

function count(bytes: Uint8Array): number {
  let found = 0
  for (let at = 0; at + DIGITS <= bytes.length; at++) {
    let card = 0
    let place = 0
    for (; place < DIGITS; place++) {
      const digit = (bytes[at + place] ?? 0) - ZERO
      if (digit < 0 || digit > 9) break
      if (place < 5) card = card * 10 + digit
      else if (digit !== digitAt(card, place)) break
    }
    if (place === DIGITS && card < CARDS) found++
  }
  return found
}
