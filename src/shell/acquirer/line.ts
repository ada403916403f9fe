/**
 * One open connection to a host, plain or TLS, that carries whole frames. A TLS line is only handed out after the host has proved its name
 * and its pinned issuer, so that no byte of a request can be written to anybody else; there is no way back from TLS to plain.
 */
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from 'node:tls'
import type { Clock } from '#core/ports/clock.ts'
import { createFrameDecoder, type Frame, type FrameOptions } from '#iso8583/frame.ts'

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

export type LineSettings = {
  readonly tls: TlsSettings | null
  readonly framing: FrameOptions
  /** TCP and TLS handshake together. */
  readonly connectTimeoutMs: number
  /** The longest pause inside of a frame; after it the line has lost its place and is given up. */
  readonly frameTimeoutMs: number
}

type LineListener = {
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

export type Dialled =
  | { readonly ok: true; readonly line: Line }
  | { readonly ok: false; readonly detail: string }

/** Connects, and proves the host when TLS is wanted. Never rejects. */
export function dial(address: HostAddress, settings: LineSettings, clock: Clock): Promise<Dialled> {
  const { promise, resolve } = Promise.withResolvers<Dialled>()
  let socket: Socket
  try {
    socket = openSocket(address, settings.tls)
  } catch (cause) {
    // Unusable certificate or key files end up here: nothing was connected.
    return Promise.resolve({ ok: false, detail: textOf(cause) })
  }
  const onError = (error: Error): void => fail(error.message)
  const onClose = (): void => fail('closed while connecting')
  const fail = (detail: string): void => {
    stopTimer()
    // The error listener stays: a late error of a socket we have left must not end the process.
    socket.off('close', onClose)
    socket.destroy()
    resolve({ ok: false, detail })
  }
  const stopTimer = clock.after(settings.connectTimeoutMs, () => fail('connect timed out'))
  socket.on('error', onError)
  socket.on('close', onClose)
  socket.on(settings.tls === null ? 'connect' : 'secureConnect', () => {
    stopTimer()
    socket.off('error', onError)
    socket.off('close', onClose)
    resolve({ ok: true, line: lineOn(socket, address, settings, clock) })
  })
  return promise
}

function openSocket({ host, port }: HostAddress, tls: TlsSettings | null): Socket {
  if (tls === null) return connectPlain({ host, port, noDelay: true })
  const socket = connectTls({
    host,
    port,
    ca: tls.ca,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    // An address cannot be named in the handshake; the certificate is checked against it all the same.
    servername: isIP(tls.serverName) === 0 ? tls.serverName : '',
    checkServerIdentity: (_, certificate) => refusalOf(tls, certificate),
    ...(tls.client === null ? {} : { cert: tls.client.certificate, key: tls.client.key }),
  })
  socket.setNoDelay(true)
  return socket
}

function refusalOf(tls: TlsSettings, certificate: PeerCertificate): Error | undefined {
  const wrongName = checkServerIdentity(tls.serverName, certificate)
  if (wrongName !== undefined) return wrongName
  const seen = certificate.fingerprint256.replaceAll(':', '').toLowerCase()
  const pinned = tls.certificates.map((pin) => pin.replaceAll(':', '').toLowerCase())
  return pinned.length === 0 || pinned.includes(seen)
    ? undefined
    : new Error('the certificate of the host is not one of those that are pinned')
}

function lineOn(socket: Socket, address: HostAddress, settings: LineSettings, clock: Clock): Line {
  const decoder = createFrameDecoder(settings.framing)
  let listener: LineListener | null = null
  let stopFrameTimer = (): void => undefined
  let open = true

  const close = (): void => {
    open = false
    stopFrameTimer()
    socket.destroy()
  }
  const lose = (detail: string): void => {
    if (!open) return
    close()
    listener?.lost(detail)
  }
  socket.on('data', (chunk: Uint8Array) => {
    stopFrameTimer()
    const { frames, error } = decoder.push(chunk)
    // Whoever takes a frame may close the line; what came glued behind it is still told.
    for (const frame of frames) listener?.frame(frame)
    if (error !== null) lose(`unreadable frame (${error.code})`)
    else if (open && decoder.pending() > 0)
      stopFrameTimer = clock.after(settings.frameTimeoutMs, () => lose('half a frame'))
  })
  socket.on('error', (error) => lose(error.message))
  socket.on('end', () => lose('the host closed the connection'))
  socket.on('close', () => lose('the host closed the connection'))
  return {
    address,
    isOpen: () => open,
    listen: (next) => {
      listener = next
    },
    write: (bytes, handedOver) => void socket.write(bytes, () => handedOver()),
    close,
  }
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unusable TLS settings'
}
