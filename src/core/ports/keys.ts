/** Keys are known by what they are for; no key byte ever passes this interface in clear. */

/** Where the keys stand in DE 62 of a sign-on answer (unionpay-8583: differs between acquirers). */
export type WorkingKeyLayout = 'pik8-mak8' | 'pik16-mak8or16' | 'pik16-mak16-tdk16'

export type KeyInstallOutcome =
  | { readonly ok: true }
  /** Nothing changed. `check` = a check value did not fit: the master key here and at the acquirer differ. */
  | {
      readonly ok: false
      readonly why: 'layout' | 'check' | 'noMasterKey'
      readonly key: 'pin' | 'mac' | 'track' | null
    }

export interface KeysPort {
  /** True when PIN and MAC working keys are there, so that a financial request can be made. */
  readonly ready: boolean
  /** Checks and stores the wrapped keys of a sign-on answer; they survive a restart. */
  installWorkingKeys(field62: Uint8Array, layout: WorkingKeyLayout): KeyInstallOutcome
  /** DE 64 of a message, 8 bytes. Throws when there is no MAC key (a bug: ask `ready` first). */
  mac(input: Uint8Array): Uint8Array
  /** Constant-time comparison; false also when there is no key. */
  verifyMac(input: Uint8Array, mac: Uint8Array): boolean
  /** The PIN key as the PIN pad wants it: wrapped under the master key, upper-case hex. Empty when there is none. */
  wrappedPinKey(): string
}
