/** Under which key a PIN goes: one that the sign-on brought, wrapped as the pad wants it, or the pad's own. */
import type { KeysPort } from '#core/ports/keys.ts'
import type { PinKey } from '#core/ports/pin-pad.ts'

export type PinSettings = {
  /** Slot of the pad with the master key of this acquirer. */
  readonly masterKeyIndex: number
  /** The pad has a key of its own for each PIN, and names it. */
  readonly isUnique: boolean
  /** What DE 52 of the dialect holds. */
  readonly blockBytes: number
}

const BLOCK_BYTES: Readonly<Record<string, number>> = { tdes: 8, sm4: 16 }

/**
 * Without a key, or with one whose blocks DE 52 cannot carry, the wrapped key is empty: the pad then says that its key is missing, and nothing
 * is sent.
 */
export function pinKey({
  keys,
  pin: { blockBytes, isUnique, masterKeyIndex },
}: {
  readonly keys: Pick<KeysPort, 'pinKey' | 'wrapped'>
  readonly pin: PinSettings
}): PinKey {
  if (isUnique) return { kind: 'dukpt' }
  const key = keys.pinKey()
  const fits = key !== null && BLOCK_BYTES[key.cipher] === blockBytes
  return {
    kind: 'session',
    cipher: key?.cipher === 'sm4' ? 'sm4' : 'tdes',
    masterKeyIndex,
    wrapped: fits ? keys.wrapped(key) : '',
  }
}
