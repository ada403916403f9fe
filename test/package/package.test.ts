/** The package that strangers install for the codecs alone: packed, installed and used as they would. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asCommonJs, examplesOf } from './examples.ts'
import { installedProject, type Project, ROOT } from './project.ts'

const ENTRY_POINTS = ['iso8583', 'emv', 'qr', 'crypto'] as const
const EXAMPLES = examplesOf(
  readFileSync(join(ROOT, 'scripts', 'build-package', 'README.md'), 'utf8'),
)
/** Packing compiles the rooms twice. */
const PACKING_TIMEOUT_MS = 120_000

let project: Project
beforeAll(() => {
  project = installedProject()
}, PACKING_TIMEOUT_MS)
afterAll(() => project.remove())

test('every entry point has a worked example in the README', () => {
  const headings = EXAMPLES.map((example) => example.heading)
  for (const room of ENTRY_POINTS) expect(headings).toContain(`suretill/${room}`)
})

test.each(EXAMPLES.map(({ heading, code }, at) => ({ name: `${heading} (${at})`, at, code })))(
  'the example of $name runs as a module and from CommonJS',
  ({ at, code }) => {
    expect(asCommonJs(code)).not.toMatch(/^import /m)
    expect(project.run(`example-${at}.mjs`, code)).toBe('')
    expect(project.run(`example-${at}.cjs`, asCommonJs(code))).toBe('')
  },
)

test('a wrong example would be noticed', () => {
  const broken =
    "import { toHex } from 'suretill/crypto'\nif (toHex(Uint8Array.of(1)) !== '02') throw new Error('seen')\n"
  expect(project.run('broken.mjs', broken)).toContain('seen')
  expect(project.run('broken.cjs', asCommonJs(broken))).toContain('seen')
})

test('installing the package brings nothing else along, and nothing of the terminal', () => {
  const installed = readdirSync(join(project.folder, 'node_modules')).filter(
    (name) => !name.startsWith('.'),
  )
  expect(installed).toEqual(['suretill'])
  const own = join(project.folder, 'node_modules', 'suretill')
  const manifest: unknown = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'))
  expect(manifest).not.toHaveProperty('dependencies')
  expect(manifest).not.toHaveProperty('scripts')
  expect(manifest).toHaveProperty('sideEffects', false)
  expect(readdirSync(own).sort()).toEqual(['LICENSE', 'README.md', 'cjs', 'esm', 'package.json'])
  for (const form of ['esm', 'cjs']) {
    for (const room of ['core', 'shell', 'web']) {
      expect(existsSync(join(own, form, room))).toBe(false)
    }
  }
})

test('every shipped dialect can be compiled from the package', () => {
  const names = readdirSync(join(ROOT, 'config', 'dialects')).map((file) => file.slice(0, -5))
  expect(names.length).toBeGreaterThan(5)
  const loads = names.map((name) => `require('suretill/dialects/${name}')`)
  const code = `const { defineDialect } = require('suretill/iso8583')
for (const module of [${loads.join(', ')}])
  for (const spec of Object.values(module)) if (defineDialect(spec).name !== spec.name) throw new Error(spec.name)
`
  expect(project.run('dialects.cjs', code)).toBe('')
})

/** Lines under `@ts-expect-error` must be refused: that is what the types are for. */
const CONSUMER = `
import { defineDialect, type TypedFields } from 'suretill/iso8583'
import { unionpayPos } from 'suretill/dialects/unionpay-pos'
import { codeClasses } from 'suretill/code-classes'
import { classifyCustomerCode } from 'suretill/qr'
import { parseTlv } from 'suretill/emv'
import { fromHex } from 'suretill/crypto'

const dialect = defineDialect(unionpayPos)
const fields: TypedFields<typeof unionpayPos> = { 3: '000000', 52: new Uint8Array(8) }
dialect.pack({ mti: '0200', fields })
// @ts-expect-error an amount is text, never a number
dialect.pack({ mti: '0200', fields: { 4: 100 } })
// @ts-expect-error the dialect has no field 200
dialect.pack({ mti: '0200', fields: { 200: 'x' } })
dialect.pack({ mti: '0200', fields: { 60: [{ id: '1', value: '22' }, { id: '2', value: '000001' }] } })
// @ts-expect-error field 60 has no part of that name
dialect.pack({ mti: '0200', fields: { 60: [{ id: 'batch', value: '000001' }] } })
// @ts-expect-error field 3 has no parts
dialect.pack({ mti: '0200', fields: { 3: [{ id: '1', value: '00' }] } })

const read = dialect.unpack(new Uint8Array(0), { asBytes: ['2', '35'] })
if (read.ok) {
  const amount: string | undefined = read.message.fields[4]
  const pan: Uint8Array | undefined = read.message.bytes[2]
  // @ts-expect-error what was asked for as bytes is no text
  read.message.fields[2]
  // @ts-expect-error and the rest is no bytes
  read.message.bytes[4]
  dialect.describe(read.message, 'en')
  dialect.mask({ ...read.message.fields, ...read.message.bytes })
  amount?.length
  pan?.length
} else {
  const where: readonly string[] = read.error.path
  where.length
}
// @ts-expect-error no such field to be had as bytes
dialect.unpack(new Uint8Array(0), { asBytes: ['200'] })
const split = dialect.split('60', '22000001')
if (split.ok) {
  const id: '1' | '2' | '3' | '4' | '5' | '6' | '7' | 'rest' | undefined = split.parts[0]?.id
  id?.length
}
// @ts-expect-error field 3 has no parts
dialect.split('3', '000000')
// @ts-expect-error no such wire form
defineDialect({ ...unionpayPos, digits: 'packed' })

const channel: 'wechat' | 'alipay' | 'unionpay' | 'ecny' | null = classifyCustomerCode('1', codeClasses).channel
channel?.length
const tlv = parseTlv(fromHex('9F360100') ?? new Uint8Array(0))
// @ts-expect-error objects of a failure are not all of them: ask first
tlv.error.code
`

test.each([
  { name: 'consumer-esm.mts', options: { module: 'nodenext' } },
  { name: 'consumer-cjs.cts', options: { module: 'nodenext', verbatimModuleSyntax: false } },
  { name: 'consumer-bundled.ts', options: { module: 'esnext', moduleResolution: 'bundler' } },
  {
    name: 'consumer-strictest.mts',
    options: {
      module: 'nodenext',
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
    },
  },
])('the types say which fields a dialect has: $name', ({ name, options }) => {
  expect(project.typeCheck(name, CONSUMER, options)).toBe('')
})

test('the tarball is small enough for someone who only wants a codec', () => {
  expect(readFileSync(project.tarball).length).toBeLessThan(400_000)
})
