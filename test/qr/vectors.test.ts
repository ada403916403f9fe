import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeCode } from '#qr/describe.ts'
import { judgePayee } from '#qr/payee.ts'
import { shippedTable } from './table.ts'

const TABLE = shippedTable()

const vector = z.object({
  id: z.string(),
  kind: z.enum(['emv-mpm', 'emv-cpm', 'paycode', 'url', 'barcode', 'text']),
  payload: z.string(),
  wellFormed: z.union([z.boolean(), z.literal('confirm')]),
  crcOk: z.boolean().nullable(),
  strictEmv: z.boolean().nullable(),
  expect: z.record(z.string(), z.unknown()),
  asCustomerCode: z.string(),
  rejectReason: z.string().nullable(),
  scheme: z.string().nullable(),
  asOwnPayee: z
    .object({ reference: z.string(), verdict: z.string(), why: z.array(z.string()) })
    .optional(),
})

const vectors = readFileSync('test/vectors/qr.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => vector.parse(JSON.parse(line)))

/** The code that the derived lines were made from: as Q054, with its CRC in upper case. */
const REFERENCE_Q051 =
  '0002010102121531104000441234567810000000000666652045411530315654041.015802CN5908TESTSHOP6007BEIJING630472D7'

test('there is a known answer of every kind', () => {
  const kinds = new Set(vectors.map(({ kind }) => kind))
  expect([...kinds].sort()).toEqual(['barcode', 'emv-cpm', 'emv-mpm', 'paycode', 'text', 'url'])
  expect(vectors.length).toBe(75)
})

test.each(vectors)('known answer $id: what the code is and whether it may be charged', (known) => {
  const found = describeCode(known.payload, TABLE)
  expect(found).toMatchObject({
    kind: known.kind,
    asCustomerCode: known.asCustomerCode,
    rejectReason: known.rejectReason,
    wellFormed: known.wellFormed,
    crcOk: known.crcOk,
    strictEmv: known.strictEmv,
    expect: known.expect,
  })
  expect(found.expect).toEqual(known.expect)
})

/** Names that tell more than the code does: its origin, a use within a scheme, or a brand on both sides of one code. */
const NAMED_BY_ORIGIN = ['EMVCo style', 'EMVCo example', 'TrueMoney', 'JCB/Mastercard', 'Thai slip']

test.each(
  vectors.filter(
    ({ scheme, crcOk, expect: inside }) =>
      crcOk !== false && !('error' in inside) && !NAMED_BY_ORIGIN.includes(scheme ?? ''),
  ),
)('known answer $id: the scheme of a sound code is named', ({ payload, scheme }) => {
  expect(describeCode(payload, TABLE).scheme).toBe(scheme)
})

test.each(vectors.filter(({ asOwnPayee }) => asOwnPayee !== undefined))(
  'known answer $id: whether it is our own receive code',
  ({ payload, asOwnPayee }) => {
    expect(asOwnPayee?.reference).toBe('Q051')
    expect(judgePayee(payload, REFERENCE_Q051)).toEqual({
      verdict: asOwnPayee?.verdict,
      why: asOwnPayee?.why,
    })
  },
)
