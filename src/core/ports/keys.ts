/** Keys are handles, each for one use; no key byte ever passes this interface in clear. */

/** `pin`: PIN blocks, made by the pad alone. `mac`: DE 64. `data`: tracks. */
export type KeyUse = 'pin' | 'mac' | 'data'
export type KeyCipher = 'tdes' | 'sm4' | 'aes'

/** Stands for one key. Only the port that gave it knows which; shown to another use it throws. */
export type KeyHandle<Use extends KeyUse = KeyUse> = {
  readonly use: Use
  readonly cipher: KeyCipher
}

/**
 * How DE 64 is made: `unionpay-ecb` folds to blocks of the key's cipher (triple DES or SM4), `x9.9` and `x9.19` are
 * for triple DES, `sm4-cbc` for SM4, `cmac` for DUKPT keys.
 */
export type MacAlgorithm = 'unionpay-ecb' | 'x9.9' | 'x9.19' | 'sm4-cbc' | 'cmac'

/** Where the keys stand in DE 62 of a sign-on answer, in order; hosts differ. */
export type WorkingKeyLayout = {
  readonly cipher: 'tdes' | 'sm4'
  /** `hex`: the field is the text of the bytes. */
  readonly encoding: 'binary' | 'hex'
  readonly parts: readonly WorkingKeyPart[]
}

type WorkingKeyPart =
  /** `bytes` of the enciphered key, then `check` bytes of its check value. */
  | { readonly use: KeyUse; readonly bytes: 8 | 16; readonly check: 3 | 4 }
  /** Bytes that say nothing to us. */
  | { readonly use: 'filler'; readonly bytes: number }

export type KeyInstallOutcome =
  | { readonly ok: true }
  /** Nothing changed. `check` = a check value did not fit: the master key here and at the acquirer differ. */
  | {
      readonly ok: false
      readonly why: 'layout' | 'check' | 'noMasterKey' | 'disk'
      readonly key: KeyUse | null
    }

/** Keys of one request and of the answer to it. */
export type RequestKeys = {
  readonly mac: KeyHandle<'mac'>
  /** Another key than `mac` with DUKPT. */
  readonly answerMac: KeyHandle<'mac'>
  /** Key serial number as upper-case hex; empty unless the keys are DUKPT. */
  readonly ksn: string
}

export interface KeysPort {
  /** True when a financial request can be made. */
  readonly ready: boolean
  /** Checks and stores the wrapped keys of a sign-on answer; they survive a restart. Never throws. */
  installWorkingKeys(field62: Uint8Array, layout: WorkingKeyLayout): KeyInstallOutcome
  /**
   * Keys for one more request, whose KSN is on disk as used before this returns; null when there are none, none are left, or the disk
   * refused: then nothing may be sent. Each call gives fresh keys when they are DUKPT.
   */
  forRequest(): RequestKeys | null
  /** Null when there is none. */
  pinKey(): KeyHandle<'pin'> | null
  /** Null when there is none. */
  dataKey(): KeyHandle<'data'> | null
  /** DE 64 of a message, 8 bytes. Throws for a handle of another use, of keys that are gone, or of a cipher without this algorithm. */
  mac(key: KeyHandle<'mac'>, message: { input: Uint8Array; algorithm: MacAlgorithm }): Uint8Array
  /** Constant-time comparison. Throws as `mac` does. */
  verifyMac(
    key: KeyHandle<'mac'>,
    message: { input: Uint8Array; algorithm: MacAlgorithm; mac: Uint8Array },
  ): boolean
  /** Whole blocks, ECB. Throws for a handle of another use. */
  encryptData(key: KeyHandle<'data'>, blocks: Uint8Array): Uint8Array
  /** The PIN key as a pad wants it: wrapped under the master key, upper-case hex. Throws for a handle of another use. */
  wrapped(key: KeyHandle<'pin'>): string
}
