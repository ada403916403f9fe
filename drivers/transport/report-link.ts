/** A device that speaks in reports (HID): whole packets of bytes, each with its report id in front. Heals like a `ByteLink`. */

/** `wrongDevice`: the device is there, but only as a keyboard, which types into whatever has the focus. */
export type ReportLinkState = 'open' | 'gone' | 'wrongDevice'

/** A high-speed interrupt packet; full-speed devices send 64 bytes. Longer reports are dropped. */
export const REPORT_LIMIT = 1024

export interface ReportLink {
  readonly state: ReportLinkState
  /** What stands at the link, for the technician: numbers, names, and as what it showed itself; empty when nothing does. */
  readonly found: string
  /** Starts looking; returns at once. */
  start(): void
  /** One report, its id first. False: not taken, or nobody knows. Never rejects. */
  write(report: Uint8Array): Promise<boolean>
  /** Called with each report, its id first; the receiver owns the bytes. */
  onReport(listener: (report: Uint8Array) => void): void
  onState(listener: (state: ReportLinkState) => void): void
  /** Stops for good. Safe to call twice. */
  close(): Promise<void>
}
