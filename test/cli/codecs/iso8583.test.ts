/** The technician's decoder: lines in, lines out, exit codes, and no card number unless asked for. */
import { Command, CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { type LineIo, registerIso8583 } from '../../../src/cli/codecs/iso8583.ts'

const SALE = {
  mti: '0200',
  fields: { '2': '6222021001110000012', '4': '000000012345', '39': '00', '59': 'A3018628' },
}

async function run(args: readonly string[], stdin: readonly (string | Uint8Array)[] = []) {
  const out: string[] = []
  const err: string[] = []
  const io: LineIo = {
    stdin: (async function* () {
      yield* stdin
    })(),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    dialectFolder: 'config/dialects',
  }
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  registerIso8583(program, io)
  try {
    await program.parseAsync(['iso8583', ...args], { from: 'user' })
    return { code: 0, out, err }
  } catch (cause) {
    if (cause instanceof CommanderError) return { code: cause.exitCode, out, err }
    throw cause
  }
}

async function packed(...flags: string[]): Promise<string> {
  const { out } = await run(['pack', '--dialect', 'unionpay-pos', ...flags, JSON.stringify(SALE)])
  return out[0] ?? ''
}

test('packing and unpacking with card data shown gives back the same message', async () => {
  const { code, out } = await run([
    'unpack',
    '--dialect',
    'unionpay-pos',
    '--unmask',
    await packed(),
  ])
  expect(code).toBe(0)
  expect(JSON.parse(out[0] ?? '')).toEqual(SALE)
})

test('a frame with length, TPDU and header is packed and unpacked with --frame', async () => {
  const hex = await packed('--frame', '--tpdu', '6000030000')
  expect(hex).toMatch(/^00[0-9A-F]{2}6000030000603100310000/)
  const { code, out } = await run(['unpack', '--dialect', 'unionpay-pos', '--frame', hex])
  expect(code).toBe(0)
  expect(JSON.parse(out[0] ?? '')).toMatchObject({ mti: '0200' })
})

test('without --unmask neither PAN nor payment code is printed by unpack and describe', async () => {
  const hex = await packed()
  for (const verb of ['unpack', 'describe']) {
    const { out } = await run([verb, '--dialect', 'unionpay-pos', hex])
    expect(out.join()).toContain('622202*********0012')
    expect(out.join()).not.toContain('6222021001110000012')
    expect(out.join()).not.toContain('A3018628')
  }
})

test('describe names fields in the language asked for', async () => {
  const { out } = await run([
    'describe',
    '--dialect',
    'unionpay-pos',
    '--locale',
    'en',
    await packed(),
  ])
  expect(JSON.parse(out[0] ?? '')).toMatchObject({
    type: '1987 financial request, acquirer',
    fields: [{ field: '2', name: 'PAN' }, {}, { field: '39', name: 'Response code' }, {}],
  })
})

test('lines split anywhere in standard input give one answer each, in order', async () => {
  const hex = await packed()
  const bytes = new TextEncoder().encode(`${hex}\r\n\nzz\n${hex.slice(0, -2)}\n${hex}`)
  const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte))
  const { code, out, err } = await run(['unpack', '--dialect', 'unionpay-pos'], chunks)
  expect(code).toBe(2)
  expect(err).toEqual(['an input line is neither hex nor JSON of a message'])
  expect(out.map((line) => JSON.parse(line))).toMatchObject([
    { mti: '0200' },
    { error: { code: 'hex' } },
    { error: { code: 'truncated', field: '59', path: ['59'], offset: expect.any(Number) } },
    { mti: '0200' },
  ])
})

test('a dialect that does not exist ends with exit code 2 and one sentence', async () => {
  const { code, out, err } = await run(['unpack', '--dialect', 'nowhere', '0200'])
  expect(code).toBe(2)
  expect(out).toEqual([])
  expect(err).toHaveLength(1)
  expect(err[0]).toContain('nowhere.yaml cannot be read: ENOENT')
})

test('lines that are hex but no whole message end with exit code 1 and nothing more to say', async () => {
  const hex = await packed()
  const lines = new TextEncoder().encode(`${hex.slice(0, -2)}\n${hex}\n`)
  const { code, out, err } = await run(['unpack', '--dialect', 'unionpay-pos'], [lines])
  expect({ code, lines: out.length, err }).toEqual({ code: 1, lines: 2, err: [] })
})

test.each(['[]', '{"mti":200}', '{"mti":"0200","fields":{"2":1}}', 'no json'])(
  'packing %s says that it is no message',
  async (line) => {
    const { code, out, err } = await run(['pack', '--dialect', 'unionpay-pos', line])
    expect(code).toBe(2)
    expect(err).toHaveLength(1)
    expect(JSON.parse(out[0] ?? '')).toEqual({
      error: { field: '', offset: 0, code: 'json', path: [] },
    })
  },
)

test('packing prints hex, or an object with --json; a wrong TPDU is an error', async () => {
  const line = JSON.stringify({ mti: '0800', fields: {} })
  const pack = (...flags: string[]) => run(['pack', '--dialect', 'unionpay-pos', ...flags, line])
  expect((await pack()).out).toEqual(['08000000000000000000'])
  expect((await pack('--json')).out).toEqual(['{"hex":"08000000000000000000"}'])
  expect(await pack('--frame', '--tpdu', '60')).toEqual({
    code: 1,
    out: ['{"error":{"field":"frame","offset":0,"code":"value","path":["frame"]}}'],
    err: [],
  })
})

test.each([
  ['0003010203', 'truncated'],
  ['ffff00', 'tooLong'],
  ['000d6000030000603100311000', 'truncated'],
  ['000d6000030000603100311000080000', 'leftover'],
])('the frame %s is refused as %s', async (hex, code) => {
  const { code: exit, out } = await run(['unpack', '--dialect', 'unionpay-pos', '--frame', hex])
  expect(exit).toBe(1)
  expect(JSON.parse(out[0] ?? '')).toMatchObject({ error: { code, path: ['frame'] } })
})

test.each(['2,5,0', '0,5,6', '0,0,6', '0,0,0', '2bcd,5,6', '4ascii,0,0', '2,0,46'])(
  'a frame of the form %s is packed, and unpacked again',
  async (form) => {
    const [length = '', , header] = form.split(',')
    const given = header === '46' ? ['--header', '2E'.repeat(46)] : []
    const hex = await packed('--frame-form', form, ...given)
    const args = ['unpack', '--unmask', '--dialect', 'unionpay-pos', '--frame-form', form, hex]
    const { code, out } = await run(args)
    expect({ code, read: JSON.parse(out[0] ?? '') }).toEqual({ code: 0, read: SALE })
    expect(hex.startsWith(await packed())).toBe(form === '0,0,0')
    expect(/^0{2,6}[1-9A-F]/.test(hex)).toBe(length === '2' || length === '2bcd')
  },
)

test('the two bytes of a BCD length and the four of an ASCII one say how much follows', async () => {
  const bytes = (await packed()).length / 2
  const digits = String(bytes).padStart(4, '0')
  expect((await packed('--frame-form', '2bcd,0,0')).slice(0, 4)).toBe(digits)
  const ascii = Buffer.from(digits, 'latin1').toString('hex')
  expect((await packed('--frame-form', '4ascii,0,0')).slice(0, 8)).toBe(ascii)
})

test.each(['', '5', '9,5,6', '1ascii,0,0', '2,5', '2,5,6,7'])(
  'the form %j says nothing, so nothing is read',
  async (form) => {
    const args = ['unpack', '--dialect', 'unionpay-pos', '--frame-form', form, await packed()]
    const { code, out, err } = await run(args)
    expect({ code, out, said: err.length }).toEqual({ code: 2, out: [], said: 1 })
  },
)

test('a field with an inside is packed from its parts; the first one missing is named', async () => {
  const pack = (parts: readonly object[]) =>
    run([
      'pack',
      '--dialect',
      'unionpay-pos',
      JSON.stringify({ mti: '0800', fields: { 60: parts } }),
    ])
  const first = { id: '1', value: '22' }
  const { out } = await pack([first, { id: '2', value: '000001' }, { id: '3', value: '001' }])
  expect(out).toEqual(['08000000000000000010001122000001001'.padEnd(36, '0')])
  const wrong = await pack([first, { id: '3', value: '001' }])
  expect(wrong.code).toBe(1)
  expect(JSON.parse(wrong.out[0] ?? '')).toMatchObject({
    error: { field: '60.2', path: ['60', '2'] },
  })
})
