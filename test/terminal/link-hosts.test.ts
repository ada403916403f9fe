/** Which host the terminal speaks to, and how: the backup when the primary is down, TLS and nothing else where TLS is configured. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createAuthority } from '../rig/certificates.ts'
import { startHost } from '../shell/acquirer/bench.ts'
import { startTlsHost } from '../shell/acquirer/tls-host.ts'
import { OPERATOR, openShop, type Shop } from './shop.ts'

const AIDS = ['9F0608A000000333010101DF010100', '9F0608A000000333010102DF010100']

test('the primary host is down: the day is opened and a sale is made at the backup', async () => {
  const backup = await startHost()
  const shop = await shopWithPrimaryDown({ 'acquirer.backups': [at(backup.port)] })
  await sell(shop)
  expect(backup.held()).toBe(3850)
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('what the configuration wants from the host lies in the data folder after the sign-on', async () => {
  const host = await startHost({ downloads: { parameters: '1245', caKeys: [], aids: AIDS } })
  const shop = await shopWithPrimaryDown({
    'acquirer.backups': [at(host.port)],
    'acquirer.downloads': ['parameters', 'aids'],
  })
  await expect
    .poll(() => kept(shop, 'aids.json'), { timeout: 10_000 })
    .toMatchObject({ entries: AIDS })
  expect(kept(shop, 'parameters.json')).toMatchObject({ entries: ['31323435'] })
  await sell(shop)
  expect(host.held()).toBe(3850)
})

test('with TLS configured a plain primary gets no request, and the sale goes to the host that proves its name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'link-tls-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const bank = createAuthority(folder, 'bank')
  const files = {
    ca: join(folder, 'ca.pem'),
    key: join(folder, 'key.pem'),
    pem: join(folder, 'us.pem'),
  }
  const [host, client] = [bank.issue('pos.bank.test'), bank.issue('10000001')]
  mkdirSync(folder, { recursive: true })
  writeFileSync(files.ca, bank.certificate)
  writeFileSync(files.pem, client.certificate)
  writeFileSync(files.key, client.key, { mode: 0o600 })
  const behind = await startHost()
  const asking = { requestCert: true, rejectUnauthorized: true, ca: bank.certificate }
  const secure = await startTlsHost(
    { cert: host.certificate, key: host.key, ...asking },
    behind.port,
  )
  const shop = await openShop({
    config: {
      'acquirer.backups': [at(secure.port)],
      'acquirer.tls': {
        ca: files.ca,
        serverName: 'pos.bank.test',
        client: { certificate: files.pem, key: files.key },
      },
    },
  })
  await sell(shop)
  expect(behind.held()).toBe(3850)
  expect(shop.rig.acquirer.state().messages).toEqual([])
})

test('a certificate file that is none stops the start with its place in the configuration', async () => {
  const shop = await openShop({
    closed: true,
    config: { 'acquirer.tls': { ca: '/dev/null', serverName: 'pos.bank.test' } },
  })
  await expect(shop.powerOn()).rejects.toThrow(/acquirer\.tls\.ca/)
})

function at(port: number): { host: string; port: number } {
  return { host: '127.0.0.1', port }
}

async function shopWithPrimaryDown(config: Readonly<Record<string, unknown>>): Promise<Shop> {
  const shop = await openShop({ closed: true, config })
  await shop.rig.acquirer.setReachable(false)
  await shop.powerOn()
  await shop.cashier().chooseFirstPin(OPERATOR)
  await shop.cashier().signIn(OPERATOR)
  return shop
}

async function sell({ cashier, present }: Shop): Promise<void> {
  await cashier().ask('38.5')
  await present('tap', 'debit')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved' })
}

function kept(shop: Shop, file: string): unknown {
  try {
    return JSON.parse(readFileSync(join(shop.dataFolder, 'downloads', file), 'utf8'))
  } catch {
    // Not there yet.
    return null
  }
}
