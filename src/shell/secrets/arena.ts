/**
 * The one place in memory where clear cardholder data stands: a fixed buffer of equal slots, allocated once outside of Node's
 * shared pool (which keeps copies), each slot zeroed when its secret ends.
 */
import type { SecretArena, SecretBytes, SecretKind } from '#core/ports/secret.ts'
import { maskOf } from './mask.ts'

/** Track 2 has at most 37 characters and a payment code 24; a power of two above both. */
export const SECRET_SLOT_BYTES = 64
/** An attempt holds four secrets at most; sixty-four leave room for everything that may overlap. */
export const SECRET_SLOTS = 64

export interface WipeableArena extends SecretArena {
  /** Slots in use: 0 when no attempt runs. */
  readonly used: number
  /** Zeroes the whole buffer; every handle given out is dead afterwards. */
  wipeAll(): void
}

export function createSecretArena(): WipeableArena {
  const memory = new Uint8Array(SECRET_SLOT_BYTES * SECRET_SLOTS)
  const holders: (Secret | null)[] = Array.from({ length: SECRET_SLOTS }, () => null)
  return {
    get used() {
      return holders.filter((holder) => holder !== null).length
    },
    put(kind, bytes) {
      try {
        if (bytes.length === 0 || bytes.length > SECRET_SLOT_BYTES) {
          throw new RangeError(`a secret has 1 to ${SECRET_SLOT_BYTES} bytes`)
        }
        const slot = holders.indexOf(null)
        if (slot === -1) throw new Error('the secret arena is full: something did not wipe')
        const start = slot * SECRET_SLOT_BYTES
        const room = memory.subarray(start, start + bytes.length)
        room.set(bytes)
        const secret = new Secret(kind, room, () => {
          holders[slot] = null
        })
        holders[slot] = secret
        return secret
      } finally {
        bytes.fill(0)
      }
    },
    wipeAll() {
      for (const holder of holders) holder?.wipe()
      memory.fill(0)
    },
  }
}

class Secret implements SecretBytes {
  readonly kind: SecretKind
  readonly masked: string
  #room: Uint8Array | null
  readonly #release: () => void

  constructor(kind: SecretKind, room: Uint8Array, release: () => void) {
    this.kind = kind
    this.masked = maskOf(kind, room)
    this.#room = room
    this.#release = release
  }

  get length(): number {
    return this.#room?.length ?? 0
  }

  use<Result>(reader: (bytes: Uint8Array) => Result): Result {
    if (this.#room === null) throw new Error(`a ${this.kind} was used after it was wiped`)
    return reader(this.#room)
  }

  wipe(): void {
    if (this.#room === null) return
    this.#room.fill(0)
    this.#room = null
    this.#release()
  }

  toString(): string {
    return this.masked
  }

  toJSON(): string {
    return this.masked
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.masked
  }
}
