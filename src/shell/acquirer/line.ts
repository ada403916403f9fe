/**
 * Connects to a host, plain or TLS. A TLS line is only handed out after the host has proved its name and its pinned issuer, so that no byte of
 * a request can be written to anybody else; there is no way back from TLS to plain.
 */
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from 'node:tls'
import type { Clock } from '#core/ports/clock.ts'
import { httpLineOn } from './http-line.ts'
import type { HostAddress, Line, LineSettings, TlsSettings } from './open-line.ts'
import { plainLineOn } from './plain-line.ts'

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
    const { http } = settings
    const line =
      http === null
        ? plainLineOn(socket, address, settings, clock)
        : httpLineOn(socket, address, { ...settings, http }, clock)
    resolve({ ok: true, line })
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

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unusable TLS settings'
}
