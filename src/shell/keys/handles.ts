/** Handles of keys: each opens one key for one use, and a handle from anywhere else opens nothing. */
import type { KeyCipher, KeyHandle, KeyUse } from '#core/ports/keys.ts'

export type Handles<Key> = {
  readonly give: <Use extends KeyUse>(use: Use, cipher: KeyCipher, key: Key) => KeyHandle<Use>
  /** The key behind `handle`. Throws when it was given for another use, or not by this: both are bugs. */
  readonly open: (use: KeyUse, handle: KeyHandle) => Key
}

export function createHandles<Key>(): Handles<Key> {
  const given = new WeakMap<KeyHandle, { readonly use: KeyUse; readonly key: Key }>()
  return {
    give: (use, cipher, key) => {
      const handle = Object.freeze({ use, cipher })
      given.set(handle, { use, key })
      return handle
    },
    open: (use, handle) => {
      const found = given.get(handle)
      if (found === undefined) throw new Error('the handle belongs to no key that is here')
      // What was noted when it was given counts, not what the handle says of itself.
      if (found.use !== use) throw new Error(`a ${found.use} key is not for ${use}`)
      return found.key
    },
  }
}
