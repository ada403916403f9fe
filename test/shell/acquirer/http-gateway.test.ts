import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createGateway } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { AcquirerSettings } from '#shell/acquirer/acquirer.ts'
import type { FaultOrder } from '../../rig/acquirer/faults/fault.ts'
import { createAuthority } from '../../rig/certificates.ts'
import { codeSale, openLink, startHost, type TerminalLink } from './bench.ts'
import { startTlsHost } from './tls-host.ts'

const HTTP = {
  path: '/mjc/webtrans/VPB_lb',
  host: '',
  userAgent: 'Donjin Http 0.1',
  contentType: 'x-ISO-TPDU/x-auth',
}
const { host: _, ...GATEWAY } = HTTP
/** Second byte of the MTI, behind length, TPDU and header. */
const MTI_END = 14
type Http = NonNullable<AcquirerSettings['http']>

test('a sale and its reversal go as bodies of HTTP requests', async () => {
  const host = await startHost({ gateway: GATEWAY })
  const link = openLink({ ports: [host.port], http: HTTP })
  await link.signOn()
  expect(await sell(link, '000002')).toBe('00')
  expect(host.held()).toBe(3850)
  await link.acquirer.reverse(codeSale('000002').reversal, null)
  expect(host.held()).toBe(0)
})

test('TLS is the same line underneath: name and issuer are proved before a byte of HTTP leaves', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'http-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const authority = createAuthority(folder, 'bank')
  const pair = authority.issue('pos.acquirer.test')
  const host = await startHost({ gateway: GATEWAY })
  const front = await startTlsHost({ cert: pair.certificate, key: pair.key }, host.port)
  const tls = { ca: authority.certificate, client: null, certificates: [] }
  const right = { ...tls, serverName: 'pos.acquirer.test' }
  const link = openLink({ ports: [front.port], http: HTTP, tls: right })
  await link.signOn()
  expect(await sell(link, '000002')).toBe('00')
  const before = front.received().length
  const wrong = { ...tls, serverName: 'other.test' }
  const stranger = openLink({ ports: [front.port], http: HTTP, tls: wrong, keys: link.keys })
  expect(await sell(stranger, '000003')).toBe('unreachable')
  expect(front.received()).toHaveLength(before)
})

test.each<[string, Partial<Http>]>([
  ['another path', { path: '/unp/webtrans/WPOS' }],
  ['another user agent', { userAgent: 'curl' }],
  ['another content type', { contentType: 'text/plain' }],
])(
  'a gateway that wants %s refuses: the request has left, so its outcome is not known',
  async (_what, change) => {
    const host = await startHost({ gateway: GATEWAY })
    const link = openLink({ ports: [host.port], http: { ...HTTP, ...change } })
    const outcome = await link.acquirer.signOn({ stan: '000001', batch: '000001', operator: '01' })
    expect(outcome).toMatchObject({ type: 'signOnFailed', why: 'silent' })
  },
)

test.each<FaultOrder>([
  { kind: 'dropReply', mti: '0200' },
  { kind: 'halfFrame', mti: '0200' },
  { kind: 'closeMidFrame', mti: '0200' },
  { kind: 'closeBeforeReply', mti: '0200' },
  { kind: 'garbage', mti: '0200' },
  { kind: 'noise', mti: '0200' },
])('a gateway that fails ($kind) leaves the outcome unknown', async (fault) => {
  const host = await startHost({ gateway: GATEWAY })
  const link = openLink({ ports: [host.port], http: HTTP, replyTimeoutMs: 1000 })
  await link.signOn()
  host.setFault(fault)
  expect(await sell(link, '000002')).toBe('silent')
  expect(await sell(link, '000003')).toBe('00')
})

test('an answer that comes byte by byte is put together', async () => {
  const host = await startHost({ gateway: GATEWAY })
  const link = openLink({ ports: [host.port], http: HTTP })
  await link.signOn()
  host.setFault({ kind: 'slowBytes', ms: 1, mti: '0200' })
  expect(await sell(link, '000002')).toBe('00')
})

test.each([
  ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['an error page', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nbad'],
  [
    'a redirection',
    'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n',
  ],
  ['an empty page', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
  ['a header without end', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}`],
  ['a body longer than any message', `HTTP/1.1 200 OK\r\n\r\n\u00FF\u00FF${'a'.repeat(70_000)}`],
])('%s is no answer, and the terminal goes on', async (_what, reply) => {
  const port = await replying(reply)
  const link = openLink({ ports: [port], http: HTTP })
  const outcome = await link.acquirer.signOn({ stan: '000001', batch: '000001', operator: '01' })
  expect(outcome).toMatchObject({ type: 'signOnFailed', why: 'silent' })
})

test.each([
  [200, true],
  [500, false],
])('with status %i the same body is an answer: %s', async (status, isAnswer) => {
  const gateway = createGateway((request, answer) => {
    request.on('data', (frame: Uint8Array) => {
      // 0820 becomes 0830; everything else fits already.
      answer.writeHead(status).end(frame.map((byte, at) => (at === MTI_END ? 0x30 : byte)))
    })
  })
  await new Promise<void>((ready) => {
    gateway.listen(0, '127.0.0.1', ready)
  })
  onTestFinished(() => void gateway.close())
  const address = gateway.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const link = openLink({ ports: [address.port], http: HTTP })
  expect(await link.acquirer.probe('000001')).toBe(isAnswer)
})

test('no connection: not a byte has left', async () => {
  const host = await startHost({ gateway: GATEWAY })
  const link = openLink({ ports: [host.port], http: HTTP })
  await host.setReachable(false)
  const outcome = await link.acquirer.signOn({ stan: '000001', batch: '000001', operator: '01' })
  expect(outcome).toMatchObject({ type: 'signOnFailed', why: 'unreachable' })
})

/** A server that says the same to everybody. */
async function replying(text: string): Promise<number> {
  const callers = new Set<Socket>()
  const server = createServer((caller) => {
    callers.add(caller)
    caller.on('error', () => undefined)
    caller.once('data', () => caller.write(Buffer.from(text, 'latin1')))
  })
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready)
  })
  onTestFinished(() => {
    for (const caller of callers) caller.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function sell(link: TerminalLink, stan: string): Promise<string> {
  const { attempt, held } = codeSale(stan)
  const outcome = await link.acquirer.sell(attempt, held)
  return outcome.kind === 'replied' ? (outcome.reply.fields['39'] ?? 'none') : outcome.kind
}
