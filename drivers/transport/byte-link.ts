/**
 * A stream of bytes to a device that may vanish and come back. A link never throws and never gives up: it reopens its port for
 * ever, and says `open` and `gone`.
 */
export type LinkState = 'open' | 'gone'

export interface ByteLink {
  readonly state: LinkState
  /** Starts opening; returns at once. */
  start(): void
  /** Hands bytes to the system. False: the link is or went away, and nobody knows how many bytes left. Never rejects. */
  write(bytes: Uint8Array): Promise<boolean>
  /** Called with each chunk; the receiver owns the bytes. */
  onBytes(listener: (bytes: Uint8Array) => void): void
  onState(listener: (state: LinkState) => void): void
  /** Stops for good. Safe to call twice. */
  close(): Promise<void>
}
