import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toHex } from '#crypto/hex.ts'
import { buildTlv } from '#emv/tlv-build.ts'
import { fetchBlacklist } from '#shell/downloads/fetch-blacklist.ts'
import { refusedCards } from '#shell/downloads/refused-cards.ts'
import { createDownloadStore } from '#shell/downloads/store.ts'
import { hex } from '../../crypto/hex-of.ts'
import type { Downloads } from '../../rig/acquirer/host/downloads.ts'
import { createMemoryDisk } from '../keys/memory-disk.ts'
import { codeSale, hashDigits, openLink, startHost, type TerminalLink } from './bench.ts'
import { startScriptedHost } from './scripted-host.ts'

const PARAMETERS = `1100${'12'}45${'13'}3${'22'}${'SHOP'.padEnd(40)}`
const CA_KEYS = caKeys()
const AIDS = ['A000000333010101', 'A000000333010102', 'A000000333010103'].map((aid) =>
  toHex(buildTlv([item('9F06', aid), item('DF01', '00'), item('9F08', '0030')])),
)
const READY: Downloads = { parameters: PARAMETERS, caKeys: CA_KEYS, aids: AIDS }

test('parameters come in one run; number 12 sets how long the next request waits', async () => {
  const link = await linkTo(READY)
  expect(await fetch(link, 'parameters')).toMatchObject({
    outcome: 'kept',
    entries: 1,
    replyTimeoutMs: 45_000,
  })
  expect(texts(link, 'parameters')).toEqual([toHex(new TextEncoder().encode(PARAMETERS))])
})

test('CA keys are listed in several answers, fetched one by one, and kept when every check value fits', async () => {
  const link = await linkTo(READY)
  expect(CA_KEYS.length).toBeGreaterThan(4)
  expect(await fetch(link, 'caKeys')).toMatchObject({ outcome: 'kept', entries: CA_KEYS.length })
  expect(texts(link, 'caKeys')).toEqual(CA_KEYS)
})

test('AIDs are fetched and kept', async () => {
  const link = await linkTo(READY)
  expect(await fetch(link, 'aids')).toMatchObject({ outcome: 'kept', entries: 3 })
  expect(texts(link, 'aids')).toEqual(AIDS)
})

test('one CA key with a wrong check value: none is taken, and the old ones stay', async () => {
  const link = await linkTo(READY)
  await fetch(link, 'caKeys')
  const spoiled = CA_KEYS.map((key, at) => (at === 2 ? key.replace(/(..)$/, '00') : key))
  const other = openLink({
    ports: [(await startHost({ downloads: { ...READY, caKeys: spoiled } })).port],
    downloads: link.downloads,
  })
  expect(await fetch(other, 'caKeys')).toMatchObject({ outcome: 'unusable', entries: 0 })
  expect(texts(other, 'caKeys')).toEqual(CA_KEYS)
})

test('a disk that refuses a download is an outcome: the link goes on with what was here', async () => {
  const disk = createMemoryDisk()
  const downloads = createDownloadStore({ folder: 'downloads', disk })
  const host = await startHost({ downloads: READY })
  const link = openLink({ ports: [host.port], downloads })
  await link.signOn()
  await fetch(link, 'aids')
  disk.full = true
  expect(await fetch(link, 'aids')).toMatchObject({ outcome: 'notWritten', entries: 0, digest: '' })
  expect(await fetch(link, 'parameters')).toMatchObject({
    outcome: 'notWritten',
    replyTimeoutMs: null,
  })
  expect(texts(link, 'aids')).toEqual(AIDS)
  disk.full = false
  expect(await fetch(link, 'parameters')).toMatchObject({ outcome: 'kept' })
})

const LISTED = ['999991', '999992', '999993', '999994', '622202', '6217000000000000020']

test('the blacklist comes in parts; cards are known by their number or first digits, and no digit of it is kept', async () => {
  const link = await linkTo({ ...READY, blacklist: LISTED })
  expect(await fetch(link, 'blacklist')).toMatchObject({ outcome: 'kept', entries: LISTED.length })
  expect(refusedAmong(link, '6222021001110000012', '6217000000000000020')).toEqual([true, true])
  expect(refusedAmong(link, '6217000000000000038', '6226221234567896')).toEqual([false, false])
  for (const listed of LISTED) {
    const digits = Buffer.from(listed, 'latin1').toString('hex').toUpperCase()
    expect(texts(link, 'blacklist').join(' ')).not.toContain(digits)
    expect(texts(link, 'blacklist').join(' ')).not.toContain(listed)
  }
})

const FORMS = [
  { indexDigits: 2, marked: false, answersIndex: false, lengthDigits: 3 },
  { indexDigits: 4, marked: true, answersIndex: false, lengthDigits: 2 },
  { indexDigits: 3, marked: false, answersIndex: true, lengthDigits: 2 },
] as const

test.each(FORMS)(
  'an acquirer that writes its blacklist as %o is understood when the terminal is set so',
  async (form) => {
    const host = await startHost({
      downloads: { ...READY, blacklist: LISTED, blacklistForm: form },
    })
    const usual = openLink({ ports: [host.port] })
    const set = openLink({ ports: [host.port], blacklist: form })
    expect(await fetch(usual, 'blacklist')).not.toMatchObject({ outcome: 'kept' })
    expect(await fetch(set, 'blacklist')).toMatchObject({ outcome: 'kept', entries: LISTED.length })
    expect(refusedAmong(set, '6217000000000000020', '6226221234567896')).toEqual([true, false])
  },
)

test('a blacklist without mark and index that never ends is an outcome', async () => {
  const form = { indexDigits: 2, marked: false, answersIndex: false, lengthDigits: 2 }
  const answer = { kind: 'answered', code: '00' } as const
  const ask = () => Promise.resolve({ ...answer, field62: Buffer.from('06622202'.repeat(50)) })
  expect(await fetchBlacklist(ask, form)).toMatchObject({ ok: false, outcome: 'unusable' })
})

test('a blacklist that is empty by now frees the cards that it named', async () => {
  const before = await linkTo({ ...READY, blacklist: LISTED })
  await fetch(before, 'blacklist')
  const after = openLink({ ports: [(await startHost()).port], downloads: before.downloads })
  expect(await fetch(after, 'blacklist')).toMatchObject({ outcome: 'kept', entries: 0 })
  expect(refusedAmong(after, '6222021001110000012')).toEqual([false])
})

test.each(['12345', '62220210011100000123', '62220A'])(
  'a blacklist with the entry %s is not taken, and the old one stays',
  async (wrong) => {
    const before = await linkTo({ ...READY, blacklist: LISTED })
    await fetch(before, 'blacklist')
    const host = await startHost({ downloads: { ...READY, blacklist: ['622203', wrong] } })
    const after = openLink({ ports: [host.port], downloads: before.downloads })
    expect(await fetch(after, 'blacklist')).toMatchObject({ outcome: 'unusable' })
    expect(refusedAmong(after, '6222021001110000012', '6222031001110000012')).toEqual([true, false])
  },
)

test('parts of a blacklist that end too early, or for ever say more, are an outcome', async () => {
  for (const content of ['2000', '10000662220', '1000X6622202', '3', '']) {
    const asked: string[] = []
    const fetched = await fetchBlacklist((_, code) => {
      asked.push(code)
      return Promise.resolve({ kind: 'answered', code: '00', field62: Buffer.from(content) })
    })
    expect(fetched).toMatchObject({ ok: false, outcome: 'unusable' })
    expect(asked.length).toBeLessThan(3)
  }
})

test('a host with nothing to fetch leaves what is here', async () => {
  const before = await linkTo(READY)
  await fetch(before, 'aids')
  const host = await startHost()
  const link = openLink({ ports: [host.port], downloads: before.downloads })
  expect(await fetch(link, 'aids')).toMatchObject({ outcome: 'kept', entries: 0 })
  expect(texts(link, 'aids')).toEqual(AIDS)
  expect(await fetch(link, 'parameters')).toMatchObject({ outcome: 'unusable' })
})

test('a host that says more and more and names nothing new is left', async () => {
  const link = await linkTo(READY)
  const host = await startScriptedHost()
  host.onRequest = (request, line) => line.write(listAnswer(request))
  const other = openLink({ ports: [host.port], keys: link.keys })
  expect(await fetch(other, 'aids')).toMatchObject({
    outcome: 'unusable',
    code: 'the list does not end',
  })
  expect(host.requests()).toBe(2)
})

test('a host that cannot be reached leaves everything as it was', async () => {
  const host = await startHost({ downloads: READY })
  const link = openLink({ ports: [host.port] })
  await host.setReachable(false)
  expect(await fetch(link, 'aids')).toMatchObject({ outcome: 'unreachable' })
  expect(texts(link, 'aids')).toEqual([])
})

test('the wish in the header of an approval is told, and the approval is still one', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port] })
  await link.signOn()
  host.setFault({ kind: 'hostRequest', code: '4', mti: '0200' })
  const { attempt, held } = codeSale('000002')
  expect(await link.acquirer.sell(attempt, held)).toMatchObject({ kind: 'replied' })
  expect(link.told).toEqual([{ type: 'hostAsked', request: 4 }])
})

async function linkTo(downloads: Downloads): Promise<TerminalLink> {
  const host = await startHost({ downloads })
  return openLink({ ports: [host.port] })
}

type Name = 'parameters' | 'caKeys' | 'aids' | 'blacklist'

function fetch(
  link: TerminalLink,
  download: Name,
): ReturnType<TerminalLink['acquirer']['download']> {
  return link.acquirer.download({ download, batch: '000001' })
}

function refusedAmong({ downloads }: TerminalLink, ...pans: readonly string[]): readonly boolean[] {
  const isRefused = refusedCards(downloads, hashDigits)
  return pans.map((pan) => isRefused(Buffer.from(pan, 'latin1')))
}

function texts(link: TerminalLink, name: Name): readonly string[] {
  return link.downloads.read(name).map((entry) => toHex(entry))
}

function item(tag: string, value: string): { tag: string; value: Uint8Array } {
  return { tag, value: hex(value) }
}

/** The published keys among the known answers, as a host sends them. */
function caKeys(): readonly string[] {
  return readFileSync('test/vectors/emv-crypto.jsonl', 'utf8')
    .split('\n')
    .filter((line) => line.includes('"emv-capk-checksum"'))
    .map((line) => {
      const { input, expected } = JSON.parse(line)
      const { rid, index, modulus, exponent } = input
      const parts = [item('9F06', rid), item('9F22', index), item('DF02', modulus)]
      return toHex(buildTlv([...parts, item('DF04', exponent), item('DF03', expected.sha1)]))
    })
}

/** 0830 that repeats what was asked and names always the same AID, with "more to come". */
function listAnswer(request: Uint8Array): Uint8Array {
  const head = request.slice(0, 11)
  const body = hex(
    `0830${'0000000002C00014'}${'3030'}${asciiHex('10000001')}${asciiHex('898100012345678')}${'0011'}000000013820${'0009'}32${'9F0605A000000333'}`,
  )
  return Uint8Array.of(0, head.length + body.length, ...head, ...body)
}

function asciiHex(text: string): string {
  return toHex(new TextEncoder().encode(text))
}
