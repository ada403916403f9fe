/** A terminal that has sold makes a support bundle: the vendor finds everything in it, and nobody finds a card or a key. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openShop, type Shop, suretill } from '../../terminal/shop.ts'

const SLOW_MS = 120_000
/** As in config/demo/terminal.yaml. */
const MASTER_KEY = '258FB0AB70D025CDB99DF2C4D302D646'

test('log, faults, configuration, doctor and figures are in it; cards, keys and PINs are not', {
  timeout: SLOW_MS,
}, async () => {
  const shop = await openShop()
  const { letter, pan, track } = await sellAndBundle(shop)
  const into = join(shop.dataFolder, '..', 'opened')
  const said = run(
    'support-bundle',
    'open',
    letter,
    '--private-key',
    keyFile(shop, 'vendor.key'),
    '--into',
    into,
  )
  expect(said.out).toContain('8 files')
  const text = (name: string): string => readFileSync(join(into, name), 'utf8')

  expect(text('log.txt')).toContain('"msg":"exchange"')
  expect(text('configuration.json')).toContain('"dialect": "unionpay-pos"')
  expect(text('doctor.txt')).toContain('Acquirer')
  expect(JSON.parse(text('faults.json'))).toMatchObject({ link: 'up', keysReady: true })
  expect(JSON.parse(text('journal.json'))).toMatchObject({
    kind: 'read',
    damage: null,
    records: { 'sale approved': 1 },
  })
  expect(JSON.parse(text('machine.json'))).toMatchObject({ release: expect.any(String) })

  const everything = readdirSync(into).map(text).join('\n')
  const deviceKey = readFileSync(join(shop.dataFolder, 'device.key'))
  const secrets = [
    pan,
    track,
    MASTER_KEY,
    MASTER_KEY.toLowerCase(),
    deviceKey.toString('hex'),
    deviceKey.toString('base64'),
    'scrypt',
  ]
  expect(secrets.filter((secret) => everything.includes(secret))).toEqual([])
  // The search itself finds them where they are: in the raw log that the bundle was made of.
  const raw = readFileSync(join(shop.dataFolder, 'terminal.log'), 'utf8')
  expect([pan, MASTER_KEY].filter((secret) => raw.includes(secret))).toEqual([pan, MASTER_KEY])
  expect(readFileSync(letter).includes('unionpay')).toBe(false)
})

test('another key does not open it, and neither does a half of the file', {
  timeout: SLOW_MS,
}, async () => {
  const shop = await openShop()
  const { letter } = await sellAndBundle(shop)
  makeKeys(shop, 'stranger')
  const into = join(shop.dataFolder, '..', 'opened')
  const open = (file: string, key: string) =>
    run('support-bundle', 'open', file, '--private-key', keyFile(shop, key), '--into', into)
  expect(open(letter, 'stranger.key')).toMatchObject({ exitCode: 1 })
  const half = `${letter}.half`
  writeFileSync(half, readFileSync(letter).subarray(0, 2000))
  expect(open(half, 'vendor.key')).toMatchObject({ exitCode: 1 })
  expect(open(join(shop.dataFolder, 'terminal.log'), 'vendor.key').out).toContain(
    'is no support bundle',
  )
  expect(open(letter, 'vendor.pem')).toMatchObject({ exitCode: 2 })
})

test('without the key of a vendor nothing is written', { timeout: SLOW_MS }, async () => {
  const shop = await openShop({ closed: true })
  const made = run(
    'support-bundle',
    '--config',
    shop.configFolder,
    '--data',
    shop.dataFolder,
    '--to',
    join(shop.dataFolder, 'x'),
  )
  expect(made.exitCode).toBe(2)
  expect(made.out).toContain('There is no ')
})

/** One sale by card; a card number and a key are then planted in the log, as a mistake of a programmer would. */
async function sellAndBundle(shop: Shop) {
  await shop.cashier().ask('38.5')
  await shop.present('tap', 'debit')
  await shop.cashier().until(({ counter }) => counter.kind === 'result', 'the result')
  const card = shop.rig.cards.cards.find(({ id }) => id === 'debit')
  const pan = card?.pan ?? 'no such card'
  const track2 = `${pan}=${card?.expiry}${card?.serviceCode}`
  appendFileSync(
    join(shop.dataFolder, 'terminal.log'),
    `{"level":30,"msg":"planted","pan":"${pan}","track":"${track2}","key":"${MASTER_KEY}"}\n`,
  )
  makeKeys(shop, 'vendor')
  const letter = join(shop.dataFolder, '..', 'support.bundle')
  const made = run(
    'support-bundle',
    '--config',
    shop.configFolder,
    '--data',
    shop.dataFolder,
    '--key',
    keyFile(shop, 'vendor.pem'),
    '--to',
    letter,
  )
  if (made.exitCode !== 0) throw new Error(made.out)
  return { letter, pan, track: track2 }
}

function makeKeys(shop: Shop, name: string): void {
  const key = keyFile(shop, `${name}.key`)
  execFileSync('openssl', ['genpkey', '-algorithm', 'x25519', '-out', key])
  execFileSync('openssl', ['pkey', '-in', key, '-pubout', '-out', keyFile(shop, `${name}.pem`)])
}

function keyFile(shop: Shop, name: string): string {
  return join(shop.dataFolder, '..', name)
}

function run(...args: readonly string[]): { readonly exitCode: number; readonly out: string } {
  try {
    return { exitCode: 0, out: execFileSync(suretill(), args, { encoding: 'utf8', stdio: 'pipe' }) }
  } catch (cause) {
    if (!(cause instanceof Error) || !('status' in cause) || !('stderr' in cause)) throw cause
    return { exitCode: Number(cause.status), out: String(cause.stderr) }
  }
}
