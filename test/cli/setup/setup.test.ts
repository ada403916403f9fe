import { createCipheriv } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadTerminalFile } from '#shell/config/terminal-file.ts'
import { eventsIn, typist } from '../off-terminal.ts'
import { ADMINISTRATOR, CASHIER, SUPERVISOR } from '../people.ts'
import { MASTER_KEY, openSetupShop } from './setup-shop.ts'

/** Of the rig's test key: zeros enciphered under it. */
const MASTER_CHECK = checkOf(MASTER_KEY)

test('an answers file makes of an empty folder a terminal that has signed on, sold and taken back in the drill', async () => {
  const shop = await openSetupShop()
  const before = shop.rig.acquirer.state().entries.length
  const keyboard = typist()
  const { code, err, out } = await shop.setup(['--answers', shop.answers()], keyboard)
  expect([code, err.filter((line) => !line.startsWith('KEYS ARE HELD'))]).toEqual([0, []])
  const sheet = readFileSync(join(shop.into, 'data', 'commissioning.txt'), 'utf8')
  for (const wanted of [
    '新店',
    '10000001',
    'ST0000000042',
    MASTER_CHECK,
    '99 administrator',
    'Printer: passed',
    'Scanner: passed 18 characters',
    'Sign-on: passed',
  ])
    expect(sheet).toContain(wanted)
  expect(sheet).toMatch(/Sale and void in the drill: passed \d{6} \/ \d{6}/)
  expect(out.join('\n')).toContain(sheet.split('\n')[0])
  expect(shop.beside()).toEqual(['terminal'])
  expect(loadTerminalFile(join(shop.into, 'config'))).toMatchObject({ ok: true })
  expect(
    eventsIn(join(shop.into, 'data')).flatMap((event) =>
      event.type === 'serviced' ? [event.what] : [],
    ),
  ).toEqual(['keysLoaded', 'commissioned'])
  // The drill has a host of its own: the acquirer has seen a sign-on and no money.
  expect(shop.rig.acquirer.state().entries).toHaveLength(before)
  const papers = shop.rig.printer.papers().map(({ text }) => text)
  expect(papers[0]).toContain('TEST')
  expect(papers.at(-1)).toContain('装机单')
  expect(papers.some((text) => text.includes('演练'))).toBe(true)
}, 60_000)

test('typed answers, one of them wrong at first, lead to the same, with the master key by two people', async () => {
  const shop = await openSetupShop()
  const one = '6D6BE51F04F76167491554FE25F7ABEF'
  const two = xor(MASTER_KEY, one)
  const dev = (name: string): string => join(shop.folder, 'dev', name)
  const shopAnswers = ['新店', 'New Shop', '898100012345678', '1000000', '10000001', 'ST0000000042']
  const hostAnswers = ['银联', '127.0.0.1', String(shop.rig.acquirer.port)]
  const enters = Array.from({ length: 10 }, () => '')
  const deviceAnswers = [
    `{ model: escpos-serial, path: ${dev('printer')}, baudRate: 115200, columns: 32 }`,
    `{ model: visa2, path: ${dev('pin-pad')}, baudRate: 9600 }`,
    '{ model: neo3 }',
    `{ model: neo2, path: ${dev('card-reader')}, baudRate: 115200 }`,
    `{ model: serial, path: ${dev('qr-scanner')}, baudRate: 9600, suffix: "\\r", trigger: honeywell }`,
  ]
  const first = (number: string, pin: string): readonly string[] => [number, pin, pin]
  const peopleAnswers = [
    '9',
    first(ADMINISTRATOR.number, '123456'),
    first(ADMINISTRATOR.number, ADMINISTRATOR.pin),
    first(SUPERVISOR.number, ADMINISTRATOR.pin),
    first(SUPERVISOR.number, SUPERVISOR.pin),
    SUPERVISOR.number,
    first(CASHIER.number, CASHIER.pin),
  ].flat()
  const ceremony = [
    [ADMINISTRATOR.number, ADMINISTRATOR.pin, one, checkOf(one)],
    [SUPERVISOR.number, SUPERVISOR.pin, two, checkOf(two), MASTER_CHECK],
  ].flat()
  const keyboard = typist(
    ...shopAnswers,
    ...hostAnswers,
    ...enters,
    ...deviceAnswers,
    ...peopleAnswers,
    // No other cashier; components; every test.
    'n',
    '1',
    '',
    '',
    '',
    ...ceremony,
  )
  const { code, err } = await shop.setup([], keyboard)
  expect([code, err.filter((line) => !line.startsWith('KEYS ARE HELD'))]).toEqual([0, []])
  expect(keyboard.asked()).toContain('Not usable: terminal.number: 8 letters or digits')
  expect(keyboard.asked().split('two digits that nobody has yet')).toHaveLength(3)
  expect(keyboard.asked()).toContain('the PIN of 99 is too simple')
  expect(keyboard.asked()).toContain('00 has the PIN of somebody else')
  for (const secret of [one, two, ADMINISTRATOR.pin]) expect(keyboard.shown()).not.toContain(secret)
  const sheet = readFileSync(join(shop.into, 'data', 'commissioning.txt'), 'utf8')
  expect(sheet).toContain(MASTER_CHECK)
  expect(sheet).toMatch(/Sale and void in the drill: passed/)
}, 90_000)

test('no PIN and no key stands in anything that was set up, printed or said', async () => {
  const shop = await openSetupShop()
  const keyboard = typist()
  const said = await shop.setup(['--answers', shop.answers(), '--json'], keyboard)
  expect(said.code).toBe(0)
  const files = readdirSync(shop.into, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
  const papers = shop.rig.printer.papers().map(({ text }) => text)
  const all = [...texts, ...papers, JSON.stringify(said), keyboard.asked()]
  for (const secret of [MASTER_KEY, ADMINISTRATOR.pin, SUPERVISOR.pin, CASHIER.pin])
    expect(all.some((text) => text.includes(secret))).toBe(false)
  expect(files.length).toBeGreaterThan(4)
}, 60_000)

test.each([
  ['the printer has no paper', 'Printer', (shop: Shop) => shop.rig.printer.setPaper('out')],
  ['the card reader is not plugged in', 'Devices', (shop: Shop) => shop.rig.cardReader.unplug()],
])(
  'when %s, the step is named and nothing at all is left behind',
  async (_title, step, spoil) => {
    const shop = await openSetupShop()
    spoil(shop)
    const { code, err } = await shop.setup(['--answers', shop.answers()])
    expect([code, err.at(-1)]).toEqual([1, expect.stringContaining(`${step}:`)])
    expect(shop.beside()).toEqual([])
  },
  90_000,
)

test('a master key that is not the acquirer’s is found out by the sign-on', async () => {
  const shop = await openSetupShop()
  const keys = { how: 'demonstration', masterKey: '0123456789ABCDEFFEDCBA9876543210' }
  const { code, err } = await shop.setup(['--answers', shop.answers({ keys })])
  expect([code, err.at(-1)]).toEqual([1, expect.stringMatching(/Sign-on: link\.keyCheck/)])
  expect(shop.beside()).toEqual([])
}, 60_000)

type Shop = Awaited<ReturnType<typeof openSetupShop>>

test.each([
  [
    'two people share a PIN',
    {
      people: [
        { ...ADMINISTRATOR, role: 'administrator' },
        { ...SUPERVISOR, pin: ADMINISTRATOR.pin, role: 'supervisor' },
      ],
    },
    {},
    'PIN of somebody else',
  ],
  [
    'a PIN is 123456',
    {
      people: [
        { ...ADMINISTRATOR, role: 'administrator' },
        { ...SUPERVISOR, pin: '123456', role: 'supervisor' },
      ],
    },
    {},
    'too simple',
  ],
  [
    'there is one supervisor alone',
    {
      people: [
        { ...ADMINISTRATOR, role: 'administrator' },
        { ...CASHIER, role: 'cashier' },
      ],
    },
    {},
    'two supervisors',
  ],
  ['a value is out of bounds', {}, { 'acquirer.port': 99_999 }, 'acquirer.port'],
  ['a name is unknown', {}, { 'acquirer.colour': 'red' }, 'acquirer.colour'],
  [
    'the key is to stand in the configuration',
    {},
    { 'acquirer.masterKey': MASTER_KEY },
    'own place',
  ],
  ['a device is to be found and none is there', { devices: 'find', set: {} }, {}, 'missing'],
])(
  'when %s, the answers are refused with the place, and nothing is left behind',
  async (_title, changes, more, why) => {
    const shop = await openSetupShop()
    const { code, err } = await shop.setup(['--answers', shop.answers(changes, more)])
    expect([code, err.join('')]).toEqual([2, expect.stringContaining(why)])
    expect(err.join('')).not.toContain(ADMINISTRATOR.pin)
    expect(shop.beside()).toEqual([])
  },
  30_000,
)

test('a device that is to be found and is not plugged in is named', async () => {
  const shop = await openSetupShop()
  const set = Object.fromEntries(
    Object.entries(shop.set).filter(([name]) => name !== 'devices.printer'),
  )
  const { code, err } = await shop.setup(['--answers', shop.answers({ devices: 'find', set })])
  expect([code, err.join('')]).toEqual([2, expect.stringContaining('receipt printer')])
}, 30_000)

test('answers that others can read, and a folder with something in it, are refused', async () => {
  const shop = await openSetupShop()
  const answers = shop.answers()
  chmodSync(answers, 0o644)
  expect((await shop.setup(['--answers', answers])).err.join('')).toContain('chmod 600')
  chmodSync(answers, 0o600)
  mkdirSync(shop.into, { recursive: true })
  writeFileSync(join(shop.into, 'precious'), 'of somebody')
  const { code, err } = await shop.setup(['--answers', answers])
  expect([code, err.join('')]).toEqual([2, expect.stringContaining('already')])
  expect(readdirSync(shop.into)).toEqual(['precious'])
}, 30_000)

test('answers are checked without making anything, and a place where nothing can be made is told', async () => {
  const shop = await openSetupShop()
  const checked = await shop.setup(['--answers', shop.answers(), '--check'])
  expect(checked).toMatchObject({ code: 0, out: ['The answers can be used. Nothing was set up.'] })
  const wrong = shop.answers({}, { 'merchant.number': 'short' })
  const refused = await shop.setup(['--answers', wrong, '--check'])
  expect([refused.code, refused.err.join('')]).toEqual([
    2,
    expect.stringContaining('merchant.number'),
  ])
  expect(shop.beside()).toEqual([])
  const inFile = join(wrong, 'data')
  const { code, err } = await shop.setup(['--answers', shop.answers(), '--data', inFile])
  expect([code, err.join('')]).toEqual([2, expect.stringContaining('Run it as root')])
  expect(shop.beside()).toEqual([])
}, 30_000)

test('a production terminal is not set up from answers that nobody signed', async () => {
  const shop = await openSetupShop()
  const answers = shop.answers({ keys: { how: 'later' } }, { profile: 'production' })
  const { code, err } = await shop.setup(['--answers', answers])
  expect([code, err.join('')]).toEqual([2, expect.stringContaining('signed answers alone')])
  expect(shop.beside()).toEqual([])
}, 30_000)

test('configuration and data may have places of their own, readable by their owner alone', async () => {
  const shop = await openSetupShop()
  const data = join(shop.folder, 'place', 'data-of-it')
  const tests = { printer: false, scanner: false, signOn: false, drill: false }
  const { code } = await shop.setup(['--answers', shop.answers({ tests }), '--data', data])
  expect(code).toBe(0)
  expect(shop.beside().toSorted()).toEqual(['data-of-it', 'terminal'])
  expect(readdirSync(shop.into)).toContain('terminal.yaml')
  expect(statSync(data).mode & 0o077).toBe(0)
  expect(readFileSync(join(data, 'commissioning.txt'), 'utf8')).toContain('Printer: not tried')
}, 60_000)

function checkOf(key: string): string {
  const bytes = Buffer.from(key, 'hex')
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([bytes, bytes.subarray(0, 8)]), null)
  return cipher.update(Buffer.alloc(8)).toString('hex').slice(0, 6).toUpperCase()
}

function xor(one: string, two: string): string {
  const other = Buffer.from(two, 'hex')
  const bytes = Buffer.from(one, 'hex').map((byte, at) => byte ^ (other[at] ?? 0))
  return Buffer.from(bytes).toString('hex').toUpperCase()
}
