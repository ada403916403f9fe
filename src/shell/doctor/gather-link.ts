/** Finds out how far the way to the acquirer goes: certificates, connection, and a sign-on, which moves no money. */
import { X509Certificate } from 'node:crypto'
import type { Clock } from '#core/ports/clock.ts'
import type { KeysPort } from '#core/ports/keys.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import { type AcquirerSettings, createAcquirer } from '../acquirer/acquirer.ts'
import { dial } from '../acquirer/line.ts'
import type { DownloadStore } from '../downloads/store.ts'
import type { CertificateFacts, HostFacts, TalkFacts } from './facts.ts'

export type GatherLink = {
  readonly settings: AcquirerSettings
  readonly dialect: Dialect
  readonly keys: KeysPort
  readonly downloads: DownloadStore
  readonly clock: Clock
}

/**
 * A sign-on needs a STAN and is not a transaction: this one is the last of the cycle, which the terminal's own counter reaches after a
 * million messages.
 */
const DOCTOR_STAN = '999999'
/** The host tells its own batch in the answer; the terminal asks for it again at its start. */
const DOCTOR_BATCH = '000001'
const DOCTOR_OPERATOR = '01'

/** One connection to each host, closed without a word. Never rejects. */
export async function reachHosts(
  settings: AcquirerSettings,
  clock: Clock,
): Promise<readonly HostFacts[]> {
  return await Promise.all(
    settings.hosts.map(async (address) => {
      const dialled = await dial(address, settings, clock)
      if (dialled.ok) dialled.line.close()
      return {
        address: `${address.host}:${address.port}`,
        reached: dialled.ok,
        detail: dialled.ok ? '' : dialled.detail,
      }
    }),
  )
}

/** Signs on as the terminal does; new working keys go into the store, so that host and terminal agree afterwards. Never rejects. */
export async function trySignOn(parts: GatherLink): Promise<TalkFacts> {
  let unreadable = false
  const acquirer = createAcquirer({
    ...parts,
    note: (what, facts) => {
      const detail = facts['detail'] ?? ''
      if (facts['mti'] === 'unreadable' || detail.startsWith('unreadable')) unreadable = true
      if (what === 'the request does not fit the dialect') unreadable = true
    },
    tell: () => undefined,
  })
  const result = await acquirer.signOn({
    stan: DOCTOR_STAN,
    batch: DOCTOR_BATCH,
    operator: DOCTOR_OPERATOR,
  })
  acquirer.close()
  if (result.type === 'signedOn') return { kind: 'signedOn' }
  return { kind: 'failed', why: result.why, code: result.code, unreadable, answersIn: null }
}

/** A host that reads a message answers a sign-on at once; one that does not drops it. */
const OTHER_DIALECT_MS = 3000

/**
 * The first of these dialects in which the host says anything to a sign-on; null when none is understood. Each is one message that moves no money,
 * and one that a host cannot read is dropped by it. Never rejects.
 */
export async function findDialect(
  parts: GatherLink,
  dialects: readonly Dialect[],
): Promise<string | null> {
  const { settings } = parts
  const replyTimeoutMs = Math.min(settings.replyTimeoutMs, OTHER_DIALECT_MS)
  for (const dialect of dialects) {
    const said = await trySignOn({ ...parts, dialect, settings: { ...settings, replyTimeoutMs } })
    const isUnderstood =
      said.kind === 'signedOn' ||
      (said.kind === 'failed' && (said.why === 'refused' || said.why === 'keyCheck'))
    if (isUnderstood) return dialect.name
  }
  return null
}

/** Of what terminal.yaml names; the host's own certificate is judged while connecting. */
export function readCertificates(settings: AcquirerSettings): readonly CertificateFacts[] {
  const { tls } = settings
  if (tls === null) return []
  const client = tls.client === null ? [] : [validity('client', tls.client.certificate)]
  return [validity('ca', tls.ca), ...client]
}

function validity(what: CertificateFacts['what'], pem: string): CertificateFacts {
  const { validFrom, validTo } = new X509Certificate(pem)
  return { what, validFromMs: Date.parse(validFrom), validToMs: Date.parse(validTo) }
}
