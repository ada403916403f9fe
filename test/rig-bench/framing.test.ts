import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { allowsFraming } from '../rig/bench/framing.ts'

const BENCH = 'http://127.0.0.1:8584'

async function asked(headers: Readonly<Record<string, string>>, status = 200): Promise<boolean> {
  const server = createServer((_request, answer) => answer.writeHead(status, headers).end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const allowed = await allowsFraming(`http://127.0.0.1:${port}/`, BENCH)
  server.close()
  return allowed
}

const policy = (value: string): Record<string, string> => ({ 'content-security-policy': value })

test.each([
  ['says nothing about it', {}, true],
  ['names the bench', policy(`default-src 'self'; frame-ancestors 'self' ${BENCH}`), true],
  ['names only itself', policy("default-src 'self'; frame-ancestors 'self'"), false],
  ['names another port', policy('frame-ancestors http://127.0.0.1:85840'), false],
  ['forbids it to all', policy("frame-ancestors 'none'"), false],
  ['forbids it in the old way', { 'x-frame-options': 'SAMEORIGIN' }, false],
])('a screen that %s may be framed: %s → %s', async (_title, headers, expected) => {
  expect(await asked(headers)).toBe(expected)
})

test('a screen that is not there is not framed', async () => {
  expect(await allowsFraming('http://127.0.0.1:1/', BENCH)).toBe(false)
})

test('a screen that answers with an error is not framed', async () => {
  expect(await asked({}, 503)).toBe(false)
})
