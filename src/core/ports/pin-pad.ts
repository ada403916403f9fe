import type { MinorUnits } from '../money.ts'
import type { Device, DeviceTrouble } from './device.ts'
import type { SecretBytes } from './secret.ts'

export type PinRequest = {
  readonly pan: SecretBytes
  readonly amountMinor: MinorUnits
  /** Which master key of the pad the working key is wrapped under. */
  readonly masterKeyIndex: number
  /** The PIN key as the acquirer sent it, wrapped under the pad's master key: 16 or 32 hex digits. */
  readonly wrappedPinKey: string
  readonly timeoutMs: number
}

export type PinOutcome =
  /** ISO 9564 format 0 block, enciphered inside the pad. */
  | { readonly kind: 'entered'; readonly block: SecretBytes }
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
