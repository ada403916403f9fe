import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TlsOptions } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TlsSettings } from '#shell/acquirer/open-line.ts'
import { type Authority, createAuthority, type Pair, selfSigned } from '../../rig/certificates.ts'
import { codeSale, openLink, startHost, type TerminalLink } from './bench.ts'
import { type CountingHost, startPlainHost, startTlsHost } from './tls-host.ts'

const HOST = 'pos.acquirer.test'
const TLS_HANDSHAKE = 0x16

let folder = ''
let authority: Authority
let good: Pair

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'))
  authority = createAuthority(folder, 'bank')
  good = authority.issue(HOST)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pinned = (more: Partial<TlsSettings> = {}): TlsSettings => ({
  ca: authority.certificate,
  serverName: HOST,
  client: null,
  certificates: [],
  ...more,
})
const serving = (pair: Pair, more: TlsOptions = {}): TlsOptions => ({
  cert: pair.certificate,
  key: pair.key,
  ...more,
})

test('a host of the pinned issuer under its right name: signed on and sold', async () => {
  const { link } = await meet(serving(good), pinned())
  await link.signOn()
  const { attempt, held } = codeSale('000002')
  expect(await link.acquirer.sell(attempt, held)).toMatchObject({
    kind: 'replied',
    reply: { mac: 'good', fields: { '39': '00' } },
  })
})

test.each<[string, () => TlsOptions, RegExp]>([
  ['has expired', () => serving(authority.issue(HOST, -1)), /expired/],
  ['names another host', () => serving(authority.issue('other.test')), /does not match/],
  ['vouches for itself', () => serving(selfSigned(folder, HOST)), /self-signed/],
  [
    'comes from another issuer',
    () => serving(createAuthority(folder, 'stranger').issue(HOST)),
    /unable to verify|self-signed/,
  ],
])('a host whose certificate %s gets not a byte of a sale', async (_, options, why) => {
  const { link, host } = await meet(options(), pinned())
  expect(await refusal(link, host)).toEqual({
    outcome: 'unreachable',
    why: expect.stringMatching(why),
    received: 0,
  })
})

test('a host certificate that is not among the pinned ones gets not a byte of a sale', async () => {
  const pin = new X509Certificate(authority.issue(HOST).certificate).fingerprint256
  const { link, host } = await meet(serving(good), pinned({ certificates: [pin] }))
  expect(await refusal(link, host)).toEqual({
    outcome: 'unreachable',
    why: expect.stringMatching(/not one of those that are pinned/),
    received: 0,
  })
})

test('the pinned host certificate itself is taken', async () => {
  const pin = new X509Certificate(good.certificate).fingerprint256
  const { link } = await meet(serving(good), pinned({ certificates: [pin] }))
  await link.signOn()
  expect(link.keys.ready).toBe(true)
})

test('a host that knows no TLS above 1.1 gets not a byte of a sale', async () => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  const { link, host } = await meet(serving(good, old), pinned())
  expect(await refusal(link, host)).toEqual({
    outcome: 'unreachable',
    why: expect.stringMatching(/version|alert|unsupported/i),
    received: 0,
  })
})

test('a host that speaks TLS 1.2 at most is still good', async () => {
  const { link } = await meet(serving(good, { maxVersion: 'TLSv1.2' }), pinned())
  await link.signOn()
  expect(link.keys.ready).toBe(true)
})

test('a host without TLS gets a greeting at most, and is never spoken to in plain', async () => {
  const host = await startPlainHost()
  const link = openLink({ ports: [host.port], tls: pinned() })
  expect(await link.acquirer.probe('000001')).toBe(false)
  await host.callerGone
  const received = host.received()
  expect(received[0]).toBe(TLS_HANDSHAKE)
  expect(Buffer.from(received).includes(Buffer.from('10000001'))).toBe(false)
})

test('a host that asks who calls lets in the terminal that can prove it', async () => {
  const options = serving(good, { requestCert: true, ca: authority.certificate })
  const client = authority.issue('10000001.terminal')
  const { link } = await meet(options, pinned({ client }))
  await link.signOn()
  expect(link.keys.ready).toBe(true)
})

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'a host that asks who calls in %s understands nothing from a terminal that cannot prove it',
  async (version) => {
    const options = serving(good, {
      requestCert: true,
      ca: authority.certificate,
      minVersion: version,
      maxVersion: version,
    })
    const { link, host } = await meet(options, pinned())
    expect(await link.acquirer.probe('000001')).toBe(false)
    await host.callerGone
    expect(host.received()).toHaveLength(0)
  },
)

test('an unusable issuer file is told, and nothing is connected', async () => {
  const { link } = await meet(serving(good), pinned({ client: { certificate: 'x', key: 'y' } }))
  expect(await link.acquirer.probe('000001')).toBe(false)
  expect(link.notes.at(-1)).toMatchObject({ outcome: 'unreachable' })
})

async function meet(
  options: TlsOptions,
  tls: TlsSettings,
): Promise<{ link: TerminalLink; host: CountingHost }> {
  const behind = await startHost()
  const host = await startTlsHost(options, behind.port)
  return { host, link: openLink({ ports: [host.port], tls }) }
}

/** Asks for a sign-on that must fail, and tells why it did and how many bytes of it the host understood. */
async function refusal(
  link: TerminalLink,
  host: CountingHost,
): Promise<{ outcome: unknown; why: string | undefined; received: number }> {
  const asked = await link.acquirer.signOn({ stan: '000001', batch: '000001', operator: '01' })
  await host.callerGone
  const outcome = asked.type === 'signOnFailed' ? asked.why : asked.type
  return { outcome, why: link.notes.at(-1)?.['detail'], received: host.received().length }
}
