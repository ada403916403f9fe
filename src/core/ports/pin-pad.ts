import type { MinorUnits } from '../money.ts'
import type { Device, DeviceTrouble } from './device.ts'
import type { SecretBytes } from './secret.ts'

/** What the pad enciphers the PIN under. */
export type PinKey =
  | {
      readonly kind: 'session'
      readonly cipher: 'tdes' | 'sm4'
      /** Which master key of the pad the working key is wrapped under. */
      readonly masterKeyIndex: number
      /** The PIN key as the acquirer sent it, wrapped under that master key: 16 or 32 hex digits, 32 for SM4; empty when there is none. */
      readonly wrapped: string
    }
  /** The pad's own, another one for each PIN (triple DES, ANSI X9.24-1). */
  | { readonly kind: 'dukpt' }

export type PinRequest = {
  readonly pan: SecretBytes
  readonly amountMinor: MinorUnits
  readonly key: PinKey
  readonly timeoutMs: number
}

export type PinOutcome =
  /**
   * ISO 9564 format 0, enciphered inside the pad: 8 bytes, or 16 under SM4. `ksn` names the key of a DUKPT pad (20 hex digits, no secret);
   * empty otherwise.
   */
  | { readonly kind: 'entered'; readonly block: SecretBytes; readonly ksn: string }
  /** The customer pressed enter without digits. */
  | { readonly kind: 'bypassed' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'deviceFailed'; readonly trouble: DeviceTrouble }

export interface PinPadPort extends Device {
  /** Shows the amount, takes the PIN, returns the enciphered block. Digits never reach this process. Never rejects. */
  requestPin(request: PinRequest): Promise<PinOutcome>
  /** Ends a `requestPin` with `cancelled`. Safe to call twice, and when none runs. */
  cancel(): Promise<void>
  /** Two short lines on the pad's display (ASCII, 16 characters each); none: back to its idle display. Best effort. */
  show(lines: readonly string[]): Promise<void>
}
