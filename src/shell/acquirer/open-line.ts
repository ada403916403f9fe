/** One open connection to a host that carries whole frames, and what must be known to have one. */
import type { Frame, FrameOptions } from '#iso8583/frame.ts'

export type HostAddress = { readonly host: string; readonly port: number }

export type TlsSettings = {
  /** PEM of the only issuers that are trusted; the system's own are not. */
  readonly ca: string
  /** The name that the host's certificate must carry. */
  readonly serverName: string
  /** PEM of our own certificate and its key, for hosts that ask who calls. */
  readonly client: { readonly certificate: string; readonly key: string } | null
  /** SHA-256 of the host certificates that are taken, as hex; empty: any certificate of the pinned issuers. */
  readonly certificates: readonly string[]
}

export type HttpSettings = {
  readonly path: string
  /** Host header; empty: the address that was called. */
  readonly host: string
  readonly userAgent: string
  readonly contentType: string
}

export type LineSettings = {
  readonly tls: TlsSettings | null
  /** Null: frames stand on the line as they are. */
  readonly http: HttpSettings | null
  readonly framing: FrameOptions
  /** TCP and TLS handshake together. */
  readonly connectTimeoutMs: number
  /** The longest pause inside of a frame; after it the line has lost its place and is given up. */
  readonly frameTimeoutMs: number
}

export type LineListener = {
  readonly frame: (frame: Frame) => void
  /** Once, whoever ended it; not after `close`. */
  readonly lost: (detail: string) => void
}

export type Line = {
  readonly address: HostAddress
  readonly isOpen: () => boolean
  readonly listen: (listener: LineListener) => void
  /** `handedOver` is called when the bytes are with the system and may be wiped; never, when the line ends before. */
  readonly write: (bytes: Uint8Array, handedOver: () => void) => void
  /** At once, without waiting for anything. Safe to call twice. */
  readonly close: () => void
}
