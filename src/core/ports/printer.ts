import type { Device, DeviceTrouble } from './device.ts'

/** What the layout must know of the printer in front of it. */
export type PrinterProfile = {
  /** Characters of font A per line: 32 (58 mm) or 48 (80 mm). */
  readonly columns: number
  /** Dots per line: 384 or 576. */
  readonly dots: number
  /** Command family for pictures: `generic` = GS v 0, `escpos` = GS 8 L. */
  readonly images: 'generic' | 'escpos'
  readonly cutter: boolean
}

export type PrintJob = {
  /** Four printable ASCII characters; comes back in the process-ID answer (GS ( H, fn 48). */
  readonly id: string
  /** ESC/POS of the slip alone: no reset, no cut, no status commands; the driver adds them. */
  readonly body: Uint8Array
}

/** Only `printed` says that paper carries the last line; no other outcome says that it does not. */
export type PrintOutcome =
  /** `processId`: the printer said so; `barrier`: buffer taken and status clean for long enough. */
  | { readonly kind: 'printed'; readonly proof: 'processId' | 'barrier' }
  /** Nothing was sent: the printer was in trouble before the first byte. */
  | { readonly kind: 'notStarted'; readonly trouble: DeviceTrouble }
  /** The slip itself cannot be laid out, whatever the printer does. Nothing was sent. */
  | { readonly kind: 'notDrawn' }
  /** Part of the slip may be on paper. */
  | { readonly kind: 'interrupted'; readonly trouble: DeviceTrouble }
  /** The link went after the first byte: nobody knows. */
  | { readonly kind: 'unsure' }

export interface PrinterPort extends Device {
  readonly profile: PrinterProfile
  /** One job at a time; a second call waits its turn. Never rejects. Repeating a job prints it again. */
  print(job: PrintJob): Promise<PrintOutcome>
}
