/** Keys and MACs as acquirers want them, against a host that reckons them with its own code. */
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MacAlgorithm } from '#core/ports/keys.ts'
import { DeviceKey } from '#shell/keys/device-key.ts'
import { openDukptKeyStore } from '#shell/keys/dukpt-key-store.ts'
import { WORKING_KEY_LAYOUTS } from '#shell/keys/working-key-layouts.ts'
import { createCountedRandom, createMemoryDisk } from '../keys/memory-disk.ts'
import { codeSale, openLink, startHost, type TerminalLink } from './bench.ts'

type Row = {
  readonly code: '001' | '003' | '004' | '005'
  readonly mac: MacAlgorithm
  readonly macKeyBytes: 8 | 16
}

const rows: readonly Row[] = [
  { code: '001', mac: 'unionpay-ecb', macKeyBytes: 8 },
  { code: '001', mac: 'x9.9', macKeyBytes: 8 },
  { code: '003', mac: 'unionpay-ecb', macKeyBytes: 16 },
  { code: '003', mac: 'x9.9', macKeyBytes: 8 },
  { code: '003', mac: 'x9.19', macKeyBytes: 8 },
  { code: '003', mac: 'x9.19', macKeyBytes: 16 },
  { code: '004', mac: 'x9.19', macKeyBytes: 16 },
  { code: '005', mac: 'unionpay-ecb', macKeyBytes: 16 },
  { code: '005', mac: 'sm4-cbc', macKeyBytes: 16 },
]

test.each(rows)(
  'keys of sign-on $code and MAC $mac over $macKeyBytes bytes of key: sold, and taken back',
  async ({ code, mac, macKeyBytes }) => {
    const host = await startHost({ mac, macKeyBytes })
    const link = openLink({
      ports: [host.port],
      mac,
      networkManagementCode: code,
      keyLayout: WORKING_KEY_LAYOUTS[code],
    })
    await link.signOn()
    expect(await sell(link, '000002')).toEqual(['00', 'good'])
    expect(host.held()).toBe(3850)
    const reached = await link.acquirer.reverse(codeSale('000002').reversal, null)
    expect(reached).toMatchObject({ kind: 'replied', reply: { mac: 'good' } })
    expect(host.held()).toBe(0)
  },
)

test.each([
  ['x9.9', 'x9.19'],
  ['unionpay-ecb', 'x9.9'],
] as const)(
  'a terminal that signs by %s is refused by a host that wants %s',
  async (own, theirs) => {
    const host = await startHost({ mac: theirs, macKeyBytes: 16 })
    const link = openLink({ ports: [host.port], mac: own })
    await link.signOn()
    expect(await sell(link, '000002')).toEqual(['A0', 'absent'])
  },
)

test('a SM4 terminal that meets a triple DES answer stays signed off: the check values do not fit', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port], keyLayout: WORKING_KEY_LAYOUTS['005'] })
  await expect(link.signOn()).rejects.toThrow('keyCheck')
  expect(link.keys.ready).toBe(false)
})

test('keys may come as text of their bytes, and with bytes between them that say nothing', async () => {
  const host = await startHost({ keysAsHex: true })
  const usual = WORKING_KEY_LAYOUTS['003']
  const text = openLink({ ports: [host.port], keyLayout: { ...usual, encoding: 'hex' } })
  await text.signOn()
  expect(await sell(text, '000002')).toEqual(['00', 'good'])
  const binary = openLink({ ports: [host.port], keyLayout: usual })
  await expect(binary.signOn()).rejects.toThrow('keyCheck')
})

test.each(['tdes', 'aes'] as const)(
  'DUKPT with %s: each request goes under a key of its own that its KSN names, and its answer under another',
  async (cipher) => {
    const { link, host } = await dukptLink(cipher)
    await link.signOn()
    expect(await sell(link, '000002')).toEqual(['00', 'good'])
    expect(await sell(link, '000003')).toEqual(['00', 'good'])
    const shown = host
      .state()
      .messages.filter(({ direction, mti }) => direction === 'in' && mti === '0200')
      .map(({ fields }) => fields['57'])
    expect(shown).toEqual([`${KSN[cipher].slice(0, -1)}1`, `${KSN[cipher].slice(0, -1)}2`])
  },
)

test('a DUKPT host that knows another initial key takes nothing', async () => {
  const { link } = await dukptLink('tdes', '00112233445566778899AABBCCDDEEFF')
  await link.signOn()
  expect(await sell(link, '000002')).toEqual(['A0', 'absent'])
})

test('after the last key of a device nothing leaves, and a sign-on says that keys are missing', async () => {
  const { host, link } = await dukptLink('tdes', INITIAL_KEY, 'FFFF9876543210FFF7FF')
  await link.signOn()
  expect(await sell(link, '000002')).toEqual(['00', 'good'])
  expect(await sell(link, '000003')).toEqual(['unreachable'])
  expect(host.held()).toBe(3850)
  await expect(link.signOn()).rejects.toThrow('noMasterKey')
})

const INITIAL_KEY = '6AC292FAA1315B4D858AB3A3D7D5933A'
const KSN = { tdes: 'FFFF9876543210E00000', aes: '123456789012345600000000' } as const

async function dukptLink(cipher: 'tdes' | 'aes', hostKey = INITIAL_KEY, ksn: string = KSN[cipher]) {
  const opened = openDukptKeyStore({
    file: 'dukpt.json',
    disk: createMemoryDisk(),
    profile: 'demo',
    cipher,
    deviceKey: new DeviceKey(Uint8Array.from(randomBytes(32))),
    random: createCountedRandom(),
    warn: () => undefined,
  })
  if (!opened.ok) throw new Error(opened.why)
  opened.keys.importInitialKey(INITIAL_KEY, ksn)
  const mac = cipher === 'tdes' ? 'x9.19' : 'cmac'
  const host = await startHost({ mac, dukpt: { cipher, initialKey: hostKey, ksnField: 57 } })
  const link = openLink({
    ports: [host.port],
    keys: opened.keys,
    keyLayout: null,
    ksnField: '57',
    mac,
  })
  return { link, host }
}

/** DE 39 and what the MAC of the answer was worth. */
async function sell(link: TerminalLink, stan: string): Promise<readonly unknown[]> {
  const { attempt, held } = codeSale(stan)
  const outcome = await link.acquirer.sell(attempt, held)
  return outcome.kind === 'replied'
    ? [outcome.reply.fields['39'], outcome.reply.mac]
    : [outcome.kind]
}
