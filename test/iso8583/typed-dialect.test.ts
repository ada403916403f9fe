/** A dialect with types of its own describes and masks as any other; a field given as undefined was not given. */
import { expect, test } from 'vitest'
import { defineDialect } from '#iso8583/dialect/typed-dialect.ts'

const dialect = defineDialect({
  name: 'own',
  mti: 'bcd',
  bitmap: 'raw',
  lastField: 64,
  digits: 'bcd',
  binary: 'raw',
  charset: 'ascii',
  prefix: 'bcd',
  fields: {
    2: { format: 'n..19' },
    3: { format: 'n6', name: { 'zh-CN': '交易处理码', en: 'Processing code' } },
  },
})

const PAN = new TextEncoder().encode('6222021001112345')

test('what was not given is not shown', () => {
  const message = { mti: '0200', fields: { 2: undefined, 3: '000000' }, bytes: { 2: PAN } }
  expect(dialect.describe(message, 'en').fields).toEqual([
    { field: '2', name: '', value: '622202******2345' },
    { field: '3', name: 'Processing code', value: '000000' },
  ])
  expect(dialect.mask({ 2: PAN, 3: undefined })).toEqual({ 2: '622202******2345' })
})

test('it reads what it writes', () => {
  const packed = dialect.pack({ mti: '0200', fields: { 2: PAN, 3: '000000' } })
  const read = dialect.unpack(packed.ok ? packed.bytes : new Uint8Array(0), { asBytes: ['2'] })
  expect(read.ok && [read.message.fields, read.message.bytes]).toEqual([
    { 3: '000000' },
    { 2: PAN },
  ])
})
