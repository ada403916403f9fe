/** A value stands on the wire as its format says, whichever way it is written or read. */
import { expect, test } from 'vitest'
import { compileFields } from '#iso8583/dialect/compile-fields.ts'
import type { DialectSpec, FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { compileDialect, layoutOf } from '#iso8583/dialect.ts'
import { planOf } from '#iso8583/quick/pack-plan.ts'
import { scan } from '#iso8583/quick/scan.ts'
import { unpackMessage } from '#iso8583/unpack.ts'
import { HEAD, one, SPEC, value, valueAsBytes, wire } from './one-field.ts'
import { WIRE_FORMS } from './wire-forms.ts'

test.each(WIRE_FORMS)('%j: %s is %s', (field, text, hex) => {
  expect(wire(field, text)).toBe(hex)
  expect(value(field, hex)).toBe(text)
})

test.each(WIRE_FORMS)('%j: %s is %s without ever being text', (field, text, hex) => {
  const bytes = valueAsBytes(field, hex)
  expect(wire(field, bytes)).toBe(hex)
  // Of digits, tracks and amounts the bytes are the characters themselves.
  const isAscii = /^[nzx]/.test(field.format)
  expect(isAscii ? Buffer.from(bytes).toString('latin1') : text).toBe(text)
})

test.each(WIRE_FORMS)('%j: %s is %s also behind a head that is known', (field, text, hex) => {
  const dialect = one(field)
  for (let time = 0; time < 2; time++) {
    const read = dialect.unpack(Buffer.from(HEAD + hex, 'hex'))
    expect(read.ok ? read.message.fields : read.error).toEqual({ '2': text })
  }
})

/** Chinese text is written with care, and all of its message with it. */
test.each(WIRE_FORMS)('%j: %s is %s before others, written with care', (field, text, hex) => {
  const others = { '3': { format: 'n3' }, '63': { format: 'ans..9', charset: 'gbk' } } as const
  const dialect = compileDialect({ ...SPEC, fields: { '2': field, ...others } })
  const fields = { '2': text, '3': '001', '63': '成' }
  const packed = dialect.pack({ mti: '0800', fields })
  const bytes = packed.ok ? packed.bytes : new Uint8Array(0)
  expect(Buffer.from(bytes.subarray(10)).toString('hex').toUpperCase()).toBe(`${hex}000102B3C9`)
  const read = dialect.unpack(bytes)
  expect(read.ok ? read.message.fields : read.error).toEqual(fields)
})

/** What only the careful way knows: signs, counted bytes, and texts beyond seven bits. */
function isPlain({ format, count }: FieldSpec, text: string): boolean {
  return !format.startsWith('x') && count === undefined && /^[\0-\u007F]*$/.test(text)
}

test.each(WIRE_FORMS.filter(([field, text]) => isPlain(field, text)))(
  '%j: %s is %s the quick way too',
  (field, text, hex) => {
    const spec: DialectSpec = { ...SPEC, fields: { '2': field } }
    const layout = layoutOf(spec, compileFields(spec))
    const bytes = Buffer.from(HEAD + hex, 'hex')
    unpackMessage(layout, bytes, {})
    const shape = layout.shapes.find(bytes)
    expect(shape && scan(shape, bytes)).not.toBeNull()
    const plan = planOf(layout.bitmap, layout.slots)
    expect(plan.steps.map(({ ink }) => ink === null)).toEqual([false])
    const script = { plan, values: [text] }
    const written = layout.pen(layout, '0800', script)
    expect(written?.ok === true && Buffer.from(written.bytes).toString('hex').toUpperCase()).toBe(
      HEAD + hex,
    )
  },
)
