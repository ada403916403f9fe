/** What may not go out: a wrong character at any place, and a field that would silently be left out. */
import { expect, test } from 'vitest'
import type { Part } from '#iso8583/composite/composite.ts'
import { compileDialect } from '#iso8583/dialect.ts'
import type { PackInput } from '#iso8583/message.ts'
import { SPEC, structured, told } from './one-field.ts'

const dialect = compileDialect({
  ...SPEC,
  fields: { 2: { format: 'n..19' }, 35: { format: 'z..37' }, 52: { format: 'b64' } },
})

/** The code of the fault and the field it names, or `packed`. */
function outcome(fields: PackInput['fields']): string {
  const packed = dialect.pack({ mti: '0200', fields })
  return packed.ok ? 'packed' : `${packed.error.code} ${packed.error.path.join('.')}`
}

test.each([
  { field: '2', good: '4111111111111111', wrong: ['A', '=', '/', ':', ' ', 'é', '一'] },
  { field: '35', good: '4111111111111111D3012201', wrong: ['G', 'a', '@', ' ', 'é', '一'] },
  { field: '52', good: '0123456789ABCDEF', wrong: ['G', 'a', '@', '/', 'é', '一'] },
])('a wrong character is refused wherever it stands in field $field', ({ field, good, wrong }) => {
  expect(outcome({ [field]: good })).toBe('packed')
  for (let place = 0; place < good.length; place++) {
    for (const character of wrong) {
      const value = good.slice(0, place) + character + good.slice(place + 1)
      expect([value, outcome({ [field]: value })]).toEqual([value, `alphabet ${field}`])
    }
  }
})

test('no field that was given is left out in silence', () => {
  expect(outcome({ 2: '4111', 3: '000000' })).toBe('unknownField 3')
  expect(outcome({ 2: '4111', '02': '4111' })).toBe('unknownField 02')
  expect(outcome({ 2: '4111', 65: '1' })).toBe('unknownField 65')
  expect(outcome({ 2: '4111', amount: '1' })).toBe('unknownField amount')
})

test('a message without type or fields is refused, not thrown about', () => {
  const incomplete: readonly (readonly [string, unknown])[] = [
    ['mti', { fields: {} }],
    ['mti', { mti: 200, fields: {} }],
    ['fields', { mti: '0200' }],
    ['fields', { mti: '0200', fields: null }],
    ['35', { mti: '0200', fields: { 2: '4111', 35: undefined } }],
    ['x', { mti: '0200', fields: { 2: '4111', x: undefined } }],
  ]
  for (const [path, one] of incomplete) {
    // @ts-expect-error a caller without types can pass anything
    const packed = dialect.pack(one)
    expect(packed).toMatchObject({ ok: false, error: { code: 'value', path: [path] } })
  }
})

test('a field that is too short is not made up for by another that is too long', () => {
  const fixed = compileDialect({
    ...SPEC,
    fields: {
      3: { format: 'n6' },
      4: { format: 'n12' },
      41: { format: 'ans8' },
      44: { format: 'ans..5' },
    },
  })
  const outcomeOf = (fields: PackInput['fields']) => {
    const packed = fixed.pack({ mti: '0200', fields })
    return packed.ok ? 'packed' : told(packed.error)
  }
  expect(outcomeOf({ 3: '000000', 4: '000000000100' })).toBe('packed')
  expect(outcomeOf({ 3: '0000', 4: '00000000000100' })).toBe('tooShort 3 at 10, need 6, have 4')
  expect(outcomeOf({ 3: '00000000', 4: '0000000100' })).toBe('tooLong 3 at 10, need 6, have 8')
  expect(outcomeOf({ 41: '1234567', 44: '123456' })).toBe('tooShort 41 at 10, need 8, have 7')
  expect(outcomeOf({ 3: '000000', 44: '123456' })).toBe('tooLong 44 at 13, need 5, have 6')
})

test.each([
  ['02000', 'tooLong mti at 0, need 4, have 5'],
  ['020', 'tooShort mti at 0, need 4, have 3'],
  ['02A0', 'alphabet mti at 1, need 0, have 1'],
])('%s is no message type', (mti, expected) => {
  const packed = dialect.pack({ mti, fields: { 2: '4111' } })
  expect(packed.ok ? 'packed' : told(packed.error)).toBe(expected)
})

const CIRCLE: unknown[] = []
CIRCLE.push({ id: '71', value: CIRCLE })

test.each([
  ['no part', [null]],
  ['a part that is text', ['01']],
  ['a part without a name', [{ value: '01' }]],
  ['a part with a number for a name', [{ id: 71, value: '01' }]],
  ['a part without a value', [{ id: '71' }]],
  ['a part that holds no part', [{ id: '71', value: [null] }]],
  ['a hole', Array.from({ length: 1 })],
  ['a circle', CIRCLE],
  ['a number', 1],
  ['nothing', null],
])('%s is refused where parts are taken, not thrown about', (_what, parts) => {
  const chip = structured({ kind: 'berTlv' })
  const refusal = { ok: false, error: { code: 'value', path: ['62'], offset: 0 } }
  // @ts-expect-error a caller without types can pass anything
  expect(chip.pack({ mti: '0200', fields: { '62': parts } })).toMatchObject(refusal)
  // @ts-expect-error a caller without types can pass anything
  expect(chip.join('62', parts)).toMatchObject(refusal)
  // @ts-expect-error a caller without types can pass anything
  expect(chip.split('62', parts)).toMatchObject(refusal)
})

test('parts inside parts are taken as deep as a reader of chip data goes, and no deeper', () => {
  let parts: readonly Part[] = [{ id: '5A', value: '62' }]
  for (let depth = 1; depth < 16; depth++) parts = [{ id: '71', value: parts }]
  const chip = structured({ kind: 'berTlv' })
  const joined = chip.join('62', parts)
  expect(joined.ok && chip.split('62', joined.value)).toEqual({ ok: true, parts })
  const deeper = chip.join('62', [{ id: '71', value: parts }])
  expect(deeper.ok ? 'joined' : told(deeper.error)).toBe('value 62 at 0, need 0, have 0')
})

test('a message that was read can be changed and packed again', () => {
  const packed = dialect.pack({ mti: '0200', fields: { 2: '4111111111111111' } })
  const read = packed.ok ? dialect.unpack(packed.bytes) : null
  if (read?.ok !== true) throw new Error('not read')
  const { message } = read
  const changed = dialect.pack({
    mti: message.mti,
    fields: { ...message.fields, 52: '0123456789ABCDEF' },
  })
  const again = changed.ok ? dialect.unpack(changed.bytes) : null
  expect(again).toMatchObject({
    message: { mti: '0200', fields: { 2: '4111111111111111', 52: '0123456789ABCDEF' } },
  })
})
