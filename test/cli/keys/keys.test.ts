import { execFileSync } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { wrapKeyBlock } from '#crypto/tr31/wrap.ts'
import { systemClock } from '#shell/system-clock.ts'
import { registerKeys } from '../../../src/cli/keys/keys.ts'
import {
  changeText,
  eventsIn,
  type OffTerminal,
  offTerminal,
  type Ran,
  runCommand,
  typist,
} from '../off-terminal.ts'
import { ADMINISTRATOR, CASHIER, people, SUPERVISOR } from '../people.ts'

/** Test keys: two components and what they make together. */
const ONE = '6D6BE51F04F76167491554FE25F7ABEF'
const TWO = '48E4551B74874CEADC89A63A6825ADA9'
const WHOLE = xor(ONE, TWO)

/** Two people, a component each, every check value right. */
const CEREMONY = [
  ...as(ADMINISTRATOR),
  ONE,
  check(ONE),
  ...as(SUPERVISOR),
  TWO,
  check(TWO),
  check(WHOLE),
]

test('two people bring a component each, and the terminal has the key that both make', async () => {
  const off = bareTerminal()
  const keyboard = typist(...CEREMONY)
  const { code, out } = await keys(['load-components'], off, keyboard)
  expect([code, out.join('')]).toEqual([0, expect.stringContaining(check(WHOLE))])
  expect((await keys(['status', '--json'], off)).out.map((line) => JSON.parse(line))).toEqual([
    { master: check(WHOLE), initialKsn: '', working: false, transport: '', pinPadSlot: 0 },
  ])
})

test('what is typed hidden is neither shown nor asked back, and the journal has people and check values alone', async () => {
  const off = bareTerminal()
  const keyboard = typist(...CEREMONY)
  const said = await keys(['load-components'], off, keyboard)
  for (const secret of [ONE, TWO, WHOLE, ADMINISTRATOR.pin, SUPERVISOR.pin])
    expect(`${keyboard.shown()}${keyboard.asked()}${JSON.stringify(said)}`).not.toContain(secret)
  expect(eventsIn(off.data).at(-1)).toMatchObject({
    type: 'serviced',
    what: 'keysLoaded',
    by: ['99', '00'],
    facts: [
      { name: 'master', after: check(WHOLE) },
      { name: 'component 1', after: check(ONE) },
      { name: 'component 2', after: check(TWO) },
    ],
  })
})

test('a wrong component is named and can be typed again; after a wrong and a right one no file has any of the keys in clear', async () => {
  const off = bareTerminal()
  const wrong = `${TWO.slice(0, -2)}B9`
  const keyboard = typist(
    ...as(ADMINISTRATOR),
    ONE,
    check(ONE),
    ...as(SUPERVISOR),
    wrong,
    check(TWO),
    TWO,
    check(TWO),
    check(WHOLE),
  )
  expect((await keys(['load-components'], off, keyboard)).code).toBe(0)
  expect(keyboard.asked()).toContain('Component 2 does not fit its check value')
  expect(keyboard.asked()).not.toContain('Component 1 does not fit')
  expect(eventsIn(off.data)).toContainEqual(
    expect.objectContaining({
      what: 'keysNotLoaded',
      facts: [expect.objectContaining({ name: 'component 2' })],
    }),
  )
  expect(holding(off.folder, [ONE, TWO, WHOLE, wrong])).toEqual([])
  writeFileSync(
    join(off.data, 'planted.log'),
    `key ${Buffer.from(WHOLE, 'hex').toString('base64')}`,
  )
  expect(holding(off.folder, [WHOLE])).toEqual(['planted.log'])
})

test('a component that is typed where the operator number is asked for goes nowhere', async () => {
  const off = bareTerminal()
  expect(
    (await keys(['load-components'], off, typist(ONE, CASHIER.pin, ONE, CASHIER.pin))).code,
  ).toBe(1)
  expect(holding(off.folder, [ONE])).toEqual([])
})

test.each([
  [
    'the same person brings both',
    [...as(ADMINISTRATOR), ONE, check(ONE), ...as(ADMINISTRATOR)],
    'another person',
  ],
  ['a cashier brings one', [...as(ADMINISTRATOR), ONE, check(ONE), ...as(CASHIER)], 'component 2'],
  [
    'a component never fits',
    [...as(ADMINISTRATOR), ...[1, 2, 3].flatMap(() => [ONE, check(TWO)])],
    'Component 1',
  ],
  [
    'both are equal',
    [...as(ADMINISTRATOR), ONE, check(ONE), ...as(SUPERVISOR), ONE, check(ONE), '000000'],
    'protects nothing',
  ],
  [
    'they do not belong together',
    [...as(ADMINISTRATOR), ONE, check(ONE), ...as(SUPERVISOR), TWO, check(TWO), check(ONE)],
    'whole key',
  ],
  [
    'one is short',
    [
      ...as(ADMINISTRATOR),
      ONE,
      check(ONE),
      ...as(SUPERVISOR),
      ...[1, 2, 3].map(() => TWO.slice(2)),
    ],
    'Component 2',
  ],
  ['the keyboard goes silent', [...as(ADMINISTRATOR), ONE], 'Broken off at component 1'],
  [
    'somebody breaks off in the middle of a component',
    [...as(ADMINISTRATOR), ONE, check(ONE), ...as(SUPERVISOR), '48E4\x03'],
    'Broken off at component 2',
  ],
])('when %s, no key is loaded and the one before still holds', async (_title, lines, why) => {
  const off = bareTerminal()
  const before = typist(...CEREMONY)
  await keys(['load-components'], off, before)
  const { code, err } = await keys(['load-components'], off, typist(...lines))
  expect([code, err.at(-1)]).toEqual([1, expect.stringContaining(why)])
  expect(eventsIn(off.data).at(-1)).toMatchObject({ what: 'keysNotLoaded' })
  expect((await keys(['status'], off)).out.join('\n')).toContain(check(WHOLE))
})

test('a master key comes in a key block under a transport key that two people have loaded', async () => {
  const off = bareTerminal()
  const transport = typist(...CEREMONY)
  expect((await keys(['load-components', '--key', 'transport'], off, transport)).code).toBe(0)
  const master = '258FB0AB70D025CDB99DF2C4D302D646'
  const block = join(off.folder, 'master.tr31')
  writeFileSync(block, blockOf(master, 'K0'))
  const wrong = await keys(
    ['load-tr31', block, '--check', 'FFFFFF'],
    off,
    typist(...as(SUPERVISOR)),
  )
  expect([wrong.code, wrong.err.at(-1)]).toEqual([1, expect.stringContaining('check value')])
  const right = await keys(
    ['load-tr31', block, '--check', check(master)],
    off,
    typist(...as(SUPERVISOR)),
  )
  expect([right.code, right.out.join('')]).toEqual([0, expect.stringContaining(check(master))])
  expect(holding(off.folder, [ONE, TWO, WHOLE, master])).toEqual([])
})

test('a block whose key is for PINs, or that was changed on its way, is not taken', async () => {
  const off = bareTerminal()
  const transport = typist(...CEREMONY)
  await keys(['load-components', '--key', 'transport'], off, transport)
  const block = join(off.folder, 'key.tr31')
  writeFileSync(block, blockOf(TWO, 'P0'))
  expect((await keys(['load-tr31', block], off)).err.at(-1)).toContain('usage P0')
  writeFileSync(block, blockOf(TWO, 'P0').replace('P0', 'K0'))
  expect((await keys(['load-tr31', block], off)).err.at(-1)).toContain('authentication')
  expect((await keys(['status'], off)).out.join('\n')).toContain('Master key: none')
})

test('after a wipe no file holds what the key files held, and the status has no check value', async () => {
  const off = bareTerminal()
  const load = () => typist(...CEREMONY)
  await keys(['load-components'], off, load())
  await keys(['load-components', '--key', 'transport'], off, load())
  const sealed = ['keys.json', 'transport.json'].map((name) => readFileSync(join(off.data, name)))
  const device = readFileSync(join(off.data, 'device.key'))
  const other = await keys(['wipe'], off, typist(...as(ADMINISTRATOR), '20000002'))
  expect([other.code, other.err.at(-1)]).toEqual([1, expect.stringContaining('still there')])
  const { code } = await keys(
    ['wipe', '--device-key'],
    off,
    typist(...as(ADMINISTRATOR), '10000001'),
  )
  expect(code).toBe(0)
  const left = filesUnder(off.data)
  expect(left.map(([name]) => name)).toEqual(
    expect.not.arrayContaining(['keys.json', 'transport.json', 'device.key']),
  )
  for (const bytes of [...sealed, device])
    expect(left.every(([, content]) => !content.includes(bytes))).toBe(true)
  expect(eventsIn(off.data).at(-1)).toMatchObject({ what: 'keysWiped', by: ['99'] })
  expect((await keys(['status'], off)).out.join('\n')).not.toContain(check(WHOLE))
})

test('in the production profile no key goes into software, and it is said where it belongs', async () => {
  const off = bareTerminal()
  changeText(join(off.config, 'terminal.yaml'), (text) =>
    text.replace('profile: demo', 'profile: production'),
  )
  for (const args of [['load-components'], ['status']]) {
    const { code, err } = await keys(args, off)
    expect([code, err.join('')]).toEqual([1, expect.stringContaining('secure element')])
  }
  expect(readdirSync(off.data)).not.toContain('keys.json')
})

test('after a ceremony neither memory nor a heap snapshot of the process holds a component or the key', () => {
  expect(searched('ceremony')).toEqual({ loaded: true, memory: 0, snapshot: 0 })
}, 110_000)

test('the same search does find keys that were handled as text', () => {
  const { memory, snapshot } = searched('text')
  expect(memory).toBeGreaterThan(0)
  expect(snapshot).toBeGreaterThan(0)
}, 110_000)

function searched(way: 'ceremony' | 'text'): { loaded: boolean; memory: number; snapshot: number } {
  const folder = mkdtempSync(join(tmpdir(), 'ceremony-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const script = new URL('keys-memory-search.ts', import.meta.url).pathname
  return JSON.parse(
    execFileSync(process.execPath, [script, way, folder], { encoding: 'utf8', timeout: 100_000 }),
  )
}

function keys(
  args: readonly string[],
  { config, data }: OffTerminal,
  keyboard = typist(),
): Promise<Ran> {
  return runCommand(
    (program, io) =>
      registerKeys(program, {
        ...io,
        sharedConfig: 'config',
        locale: 'en',
        clock: systemClock,
        keyboard,
      }),
    ['keys', ...args, '--config', config, '--data', data],
  )
}

/** With people, and without the key of the demonstration. */
function bareTerminal(): OffTerminal {
  const off = offTerminal({ operators: people() })
  changeText(join(off.config, 'terminal.yaml'), (text) => text.replace(/^ {2}masterKey:.*\n/m, ''))
  return off
}

function as({ number, pin }: { number: string; pin: string }): readonly string[] {
  return [number, pin]
}

/** Computed here and not by the product. */
function check(key: string): string {
  const bytes = Buffer.from(key, 'hex')
  const cipher = createCipheriv(
    'des-ede3-ecb',
    Buffer.concat([bytes, bytes.subarray(0, 8)]),
    null,
  ).setAutoPadding(false)
  return cipher.update(Buffer.alloc(8)).toString('hex').slice(0, 6).toUpperCase()
}

function xor(one: string, two: string): string {
  const other = Buffer.from(two, 'hex')
  return Buffer.from(Buffer.from(one, 'hex').map((byte, at) => byte ^ (other[at] ?? 0)))
    .toString('hex')
    .toUpperCase()
}

function blockOf(key: string, usage: string): string {
  const header = {
    version: 'B',
    usage,
    algorithm: 'T',
    modeOfUse: 'B',
    keyVersion: '00',
    exportability: 'N',
    optional: [],
  } as const
  return wrapKeyBlock(
    Buffer.from(WHOLE, 'hex'),
    { header, key: Buffer.from(key, 'hex') },
    { random: (length) => new Uint8Array(length).fill(9) },
  )
}

/** Names of files with one of these keys as bytes, as hex in either case or as base64. */
function holding(folder: string, secrets: readonly string[]): readonly string[] {
  const forms = secrets.flatMap((hex) => {
    const bytes = Buffer.from(hex, 'hex')
    return [
      bytes,
      Buffer.from(hex),
      Buffer.from(hex.toLowerCase()),
      Buffer.from(bytes.toString('base64').slice(0, 20)),
    ]
  })
  return filesUnder(folder).flatMap(([name, content]) =>
    forms.some((form) => content.includes(form)) ? [name] : [],
  )
}

function filesUnder(folder: string): readonly (readonly [string, Buffer])[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))] as const)
}
