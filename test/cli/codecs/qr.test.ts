/** The technician's code reader: lines in, JSON lines out, exit codes. */
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type QrIo, registerQr } from '../../../src/cli/codecs/qr.ts'

const OURS =
  '0002010102121531104000441234567810000000000666652045411530315654041.015802CN5908TESTSHOP6007BEIJING630472D7'

async function run(args: readonly string[], stdin: readonly (string | Uint8Array)[] = []) {
  const out: unknown[] = []
  const err: string[] = []
  const io: QrIo = {
    stdin: (async function* () {
      yield* stdin
    })(),
    out: (line) => out.push(JSON.parse(line)),
    err: (line) => err.push(line),
    sharedConfig: 'config',
  }
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  registerQr(program, io)
  try {
    await program.parseAsync(['qr', ...args], { from: 'user' })
    return { code: 0, out, err }
  } catch (cause) {
    if (cause instanceof CommanderError) return { code: cause.exitCode, out, err }
    throw cause
  }
}

test('one code as argument gives one line', async () => {
  const { code, out } = await run(['classify', '135112298638468293'])
  expect(code).toBe(0)
  expect(out).toMatchObject([
    { asCustomerCode: 'accept', channel: 'wechat', expect: { class: 'wechat' } },
  ])
})

test('every known answer comes back through --json-input with its own keys', async () => {
  const known = z.object({
    id: z.string(),
    asCustomerCode: z.string(),
    rejectReason: z.string().nullable(),
    wellFormed: z.unknown(),
    crcOk: z.unknown(),
    strictEmv: z.unknown(),
    expect: z.unknown(),
  })
  const text = readFileSync('test/vectors/qr.jsonl', 'utf8')
  const lines = text.trimEnd().split('\n')
  const { code, out } = await run(['classify', '--json-input'], [text])
  expect(code).toBe(0)
  expect(out).toHaveLength(lines.length)
  expect(out).toMatchObject(lines.map((line) => known.parse(JSON.parse(line))))
})

test('lines may arrive in pieces, an empty line is an empty reading', async () => {
  const bytes = new TextEncoder().encode('289431869362714645\n\n9787111128069')
  const { out } = await run(['classify'], [bytes.subarray(0, 5), bytes.subarray(5)])
  expect(out).toMatchObject([
    { channel: 'alipay' },
    { rejectReason: 'EMPTY' },
    { rejectReason: 'GOODS_BARCODE' },
  ])
})

test('typed digits that look like a card number are refused, and the last code is known again', async () => {
  const typed = await run(['classify', '--keypad', '6200001234567890123'])
  expect(typed.out).toMatchObject([{ asCustomerCode: 'reject', rejectReason: 'PAN_LOOKALIKE' }])
  const again = await run(['classify', '--last', '135112298638468293', '135112298638468293\r'])
  expect(again.out).toMatchObject([{ asCustomerCode: 'reject', rejectReason: 'REUSED' }])
})

test('our own receive code matches with exit code 0, any other gives 1 and says why', async () => {
  expect(await run(['payee', '--expect', OURS, OURS])).toEqual({
    code: 0,
    out: [{ verdict: 'match', why: [] }],
    err: [],
  })
  const { code, out } = await run(['payee', '--expect', OURS], [`${OURS}\n${OURS.slice(0, -1)}\n`])
  expect(code).toBe(1)
  expect(out).toEqual([
    { verdict: 'match', why: [] },
    { verdict: 'refuse', why: ['TLV_TRUNCATED'] },
  ])
})

test('unusable input is said once, without quoting it, and the other lines are still answered', async () => {
  const { code, out, err } = await run(
    ['classify', '--json-input'],
    ['{"payload":1}\n621secret\n"x"\n'],
  )
  expect(code).toBe(2)
  expect(out).toMatchObject([
    { error: 'NO_PAYLOAD' },
    { error: 'NOT_JSON' },
    { rejectReason: 'UNKNOWN_TEXT' },
  ])
  expect(err).toHaveLength(1)
  expect(err.join()).not.toContain('secret')
})

test('a table that cannot be read is wrong usage', async () => {
  const { code, err } = await run(['classify', '--table', 'test/vectors/none.yaml', '1'])
  expect(code).toBe(2)
  expect(err.join()).toContain('none.yaml')
})

test('payee without a reference is wrong usage', async () => {
  expect((await run(['payee', OURS])).code).not.toBe(0)
})
