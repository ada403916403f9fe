import { Command, CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { registerTlv } from '../../../src/cli/codecs/tlv.ts'

test('an argument becomes its tree', async () => {
  const { code, out } = await run(['77 0E 8202 0180 9408 1801020120010300'])
  expect(code).toBe(0)
  expect(out).toEqual([
    {
      tree: [
        {
          tag: '77',
          len: 14,
          children: [
            { tag: '82', len: 2, value: '0180' },
            { tag: '94', len: 8, value: '1801020120010300' },
          ],
        },
      ],
    },
  ])
})

test('without an argument each line of standard input gets its own line, however it is chunked', async () => {
  const { code, out } = await run([], ['8A02', '3030\n\n95050000', '000000\n'])
  expect(code).toBe(0)
  expect(out).toEqual([
    { tree: [{ tag: '8A', len: 2, value: '3030' }] },
    { tree: [{ tag: '95', len: 5, value: '0000000000' }] },
  ])
})

test('data cut off says where, shows what was whole, and ends with 1', async () => {
  const { code, out, err } = await run(['8A0230309F0206'])
  expect([code, err]).toEqual([1, []])
  expect(out).toEqual([
    {
      error: { code: 'truncated', path: ['9F02'], offset: 7 },
      tree: [{ tag: '8A', len: 2, value: '3030' }],
    },
  ])
})

test('what is no hex ends with 2 and one sentence, and the other lines are still read', async () => {
  const { code, out, err } = await run([], ['8A0\n8A023030\nZZ\n'])
  expect(code).toBe(2)
  expect(out).toHaveLength(3)
  expect(out[1]).toEqual({ tree: [{ tag: '8A', len: 2, value: '3030' }] })
  expect(err).toHaveLength(1)
})

test('with --words tags have names, and bits, rules and lists are readable', async () => {
  const { out } = await run([
    '--words',
    '95050000008000500A4D6173746572436172648E0A000186A0000003E81E039F38039F3704DF7F01AA8202',
  ])
  expect(out[0]).toMatchObject({
    error: { code: 'truncated' },
    tree: [
      { name: 'Terminal Verification Results', words: ['Transaction exceeds floor limit'] },
      { name: 'Application Label', words: 'MasterCard' },
      { name: 'CVM List', words: { x: 100000, rules: [{ method: 'signature' }] } },
      { name: 'PDOL', words: [{ tag: '9F37', length: 4, name: 'Unpredictable Number' }] },
      { tag: 'DF7F', value: 'AA' },
    ],
  })
})

const READ_RECORD =
  '70235A08622202100111000057' + '0B6222021001110000D30122' + '5F20094C492F4D45494C494E'
const HOLDER = 'LI/MEILIN'

test('cardholder data is stars, in words too, and so long as it is', async () => {
  const { out } = await run(['--words', READ_RECORD])
  expect(JSON.stringify(out)).not.toMatch(/622202|4C492F4D|LI\/MEI/)
  expect(out).toMatchObject([
    {
      tree: [
        {
          tag: '70',
          children: [
            { tag: '5A', len: 8, value: '*'.repeat(16) },
            { tag: '57', len: 11, value: '*'.repeat(22) },
            { tag: '5F20', len: 9, value: '*'.repeat(18) },
          ],
        },
      ],
    },
  ])
})

test.each(['56', '57', '5A', '99', '5F20', '5F53', '9F0B', '9F1F', '9F20', '9F6B'])(
  'tag %s is hidden',
  async (tag) => {
    const { out } = await run([`${tag}04A1B2C3D4`])
    expect(out).toEqual([{ tree: [{ tag, len: 4, value: '********' }] }])
  },
)

test('--unmask shows what it is given', async () => {
  const { out } = await run(['--unmask', '--words', READ_RECORD])
  expect(out).toMatchObject([
    { tree: [{ children: [{ value: '6222021001110000' }, {}, { words: HOLDER }] }] },
  ])
})

async function run(words: readonly string[], input: readonly string[] = []) {
  const out: unknown[] = []
  const err: string[] = []
  const program = new Command().exitOverride()
  registerTlv(program, {
    stdin: (async function* () {
      yield* input
    })(),
    out: (line) => out.push(JSON.parse(line)),
    err: (line) => err.push(line),
  })
  let code = 0
  try {
    await program.parseAsync(['tlv', ...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    code = error.exitCode
  }
  return { code, out, err }
}
