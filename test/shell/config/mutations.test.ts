/** Each field of the configuration changed to something else is refused with its place, or holds within its bounds. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseDocument, stringify } from 'yaml'
import { acquirerSettings } from '#shell/acquirer-settings.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import { checkTerminalText } from '#shell/config/terminal-file.ts'
import { listParameters, type Parameter } from '#shell/params/parameter.ts'
import { at, effectiveValues } from '#shell/params/plan-change.ts'
import { coreSetup } from '#shell/setup.ts'
import { selfSigned } from '../../rig/certificates.ts'

const PARAMETERS = listParameters()
/** Every optional part and every default is written out, so that every field can be reached. */
let whole = ''
/** Of the certificate files that it names. */
const FOLDER = mkdtempSync(join(tmpdir(), 'mutations-'))

beforeAll(() => {
  const { certificate, key } = selfSigned(FOLDER, 'pos.acquirer.example')
  for (const [name, text] of Object.entries({
    'ca.pem': certificate,
    'client.pem': certificate,
    'client.key': key,
  }))
    writeFileSync(join(FOLDER, name), text)
  const written = effectiveValues(demoWithEveryPart(), FOLDER)
  if (!written.ok) throw new Error(written.problem)
  whole = stringify(written.value)
})

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    ' ',
    [],
    {},
    -1,
    0,
    1.5,
    1e21,
    '0',
    'none',
    'long',
    '../../etc/shadow',
    '\u0000',
    '\u001b[2J',
    '$(reboot)',
    [null],
    { a: 1 },
  ),
  fc.integer(),
  fc.double(),
  fc.string({ maxLength: 600 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.string(), { maxLength: 70 }),
)

test('the configuration that the mutations begin from is taken', () => {
  expect(checkTerminalText(whole, FOLDER)).toMatchObject({ ok: true })
})

test('a field with a hostile value is refused in one line with its place, or the terminal can be built from what was taken', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PARAMETERS), hostile, (parameter, value) => {
      expect(mishapWith(parameter, value)).toBeNull()
    }),
    { numRuns: 600 },
  )
}, 60_000)

test('a number one beyond either bound is refused at its place, and the bound itself is taken or refused as a whole', () => {
  const numbers = PARAMETERS.flatMap((parameter) => {
    const bounds = /^(\d+)…(\d+)( \| null)?$/.exec(parameter.bounds)
    return bounds === null ? [] : [{ parameter, least: Number(bounds[1]), most: Number(bounds[2]) }]
  })
  expect(numbers.length).toBeGreaterThan(45)
  for (const { least, most, parameter } of numbers)
    for (const beyond of [least - 1, most + 1])
      expect(placeOf(changed(parameter, beyond))).toBe(parameter.name)
})

test.each(PARAMETERS.map((parameter) => [parameter.name, parameter] as const))(
  'left out, %s is missed, or what the table names as its default holds',
  (_name, parameter) => {
    const document = parseDocument(whole)
    const path = parameter.name.split('.')
    const isThere = document.hasIn(path)
    if (isThere) document.deleteIn(path)
    const effective = effectiveValues(document.toString(), FOLDER)
    const outcome = effective.ok ? at(effective.value, parameter.name) : effective.problem
    // A value of a group that may be left out only as a whole is missed too; its default is that of the whole group.
    const isMissed = !effective.ok && effective.problem.startsWith(parameter.name)
    const mayBeMissed =
      isThere && (parameter.needed !== 'never' || parameter.name.split('.').length > 2)
    const mustBeMissed = isThere && parameter.needed !== 'never'
    expect([outcome, isMissed ? mayBeMissed : !mustBeMissed]).toEqual([
      isMissed ? outcome : parameter.fallback,
      true,
    ])
  },
)

test('a field that nobody knows is refused in every part', () => {
  const groups = [...new Set(PARAMETERS.map(({ name }) => name.split('.').slice(0, -1).join('.')))]
  for (const group of groups) {
    const path = [...group.split('.').filter((key) => key !== ''), 'plainWhenItFails']
    const document = parseDocument(whole)
    document.setIn(path, true)
    expect([group, effectiveValues(document.toString(), FOLDER).ok]).toEqual([group, false])
  }
})

/** What should not be; null: refused as it should be, or taken and within its bounds. */
function mishapWith(parameter: Parameter, value: unknown): string | null {
  const checked = checkTerminalText(stringify(changed(parameter, value)), FOLDER)
  if (!checked.ok) {
    if (checked.problem.includes('\n')) return `several lines: ${checked.problem}`
    return isNear(checked.place, parameter.name) ? null : `another place: ${checked.place}`
  }
  const codes = loadResponseCodes('config/response-codes.yaml')
  if (codes === null) return 'no response codes'
  coreSetup(checked.file, codes)
  acquirerSettings(checked.file, codes)
  return isWithin(parameter, at(checked.checked, parameter.name)) ? null : 'out of its bounds'
}

function changed({ name }: Parameter, value: unknown): unknown {
  const document = parseDocument(whole)
  document.setIn(name.split('.'), document.createNode(value))
  return document.toJS()
}

function placeOf(content: unknown): string | null {
  const checked = checkTerminalText(stringify(content), FOLDER)
  return checked.ok ? null : checked.place
}

/** The field itself, something in it, or the part whose values do not go together. */
function isNear(place: string | null, name: string): boolean {
  if (place === null) return false
  if (place.startsWith(name) || name.startsWith(place)) return true
  return place.split('.')[0] === name.split('.')[0]
}

function isWithin({ bounds, fallback }: Parameter, value: unknown): boolean {
  const range = /^(\d+)…(\d+)/.exec(bounds)
  if (range === null || value === undefined || value === null) return true
  if (JSON.stringify(value) === JSON.stringify(fallback)) return true
  return Number(value) >= Number(range[1]) && Number(value) <= Number(range[2])
}

function demoWithEveryPart(): string {
  const document = parseDocument(readFileSync('config/demo/terminal.yaml', 'utf8'))
  const more = {
    'acquirer.tls': {
      ca: 'ca.pem',
      serverName: 'pos.acquirer.example',
      client: { certificate: 'client.pem', key: 'client.key' },
    },
    'acquirer.http': { path: '/pos' },
    'acquirer.workingKeys': {
      encoding: 'binary',
      parts: [
        { use: 'pin', bytes: 16, check: 4 },
        { use: 'mac', bytes: 16, check: 4 },
      ],
    },
    'acquirer.dukpt': {
      cipher: 'tdes',
      ksnField: '57',
      initialKey: '00'.repeat(16),
      ksn: '00'.repeat(10),
    },
    payee: { references: ['https://qr.95516.com/00010000/01EXAMPLE'] },
    'journal.backup': { folder: '/media/backup', keyFile: '/etc/suretill/backup.key' },
    'screens.quietHours': { from: '22:00', to: '07:00' },
    till: { port: 8585, secret: 'A'.repeat(32), serial: { path: '/dev/ttyS0' } },
  }
  for (const [name, value] of Object.entries(more))
    document.setIn(name.split('.'), document.createNode(value))
  return document.toString()
}
