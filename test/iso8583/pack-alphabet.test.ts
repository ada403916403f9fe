import { expect, test } from 'vitest'
import { compileDialect, type Dialect } from '#iso8583/dialect.ts'
import type { PackResult } from '#iso8583/message.ts'

const DIALECT: Dialect = compileDialect({
  name: 'texts',
  mti: 'bcd',
  bitmap: 'raw',
  lastField: 64,
  digits: 'bcd',
  binary: 'raw',
  prefix: 'bcd',
  charset: 'gbk',
  fields: {
    2: { format: 'n..19' },
    3: { format: 'n6' },
    22: { format: 'n3', align: 'left' },
    23: { format: 'n3' },
    41: { format: 'ans8' },
    52: { format: 'b64' },
  },
})

/** U+0130 and U+3130 end in the bytes of digits. */
test.each([
  ['3', '00000\u0130'],
  ['3', '\u0130\u013000\u0130\u0130'],
  ['3', '\u313000000'],
  ['3', '00000A'],
  ['3', '00000:'],
  ['22', '05\u0130'],
  ['22', '\u013051'],
  ['23', '\u013001'],
  ['23', '00A'],
  ['2', '622202\u0130'],
  ['52', `0123456789ABCDE\u0146`],
  ['52', '0123456789ABCDEf'],
])('field %s takes no %j: only the digits themselves are digits', (field, value) => {
  expect(told(DIALECT.pack({ mti: '0200', fields: { [field]: value } }))).toEqual({
    code: 'alphabet',
    path: [field],
  })
})

test('a fixed text is counted in the bytes that its characters take', () => {
  const text = (value: string) => told(DIALECT.pack({ mti: '0200', fields: { 41: value } }))
  expect(text('商户一号')).toEqual({ wire: 'C9CCBBA7D2BBBAC5' })
  expect(text('商户一号商户一号')).toEqual({ code: 'tooLong', path: ['41'] })
  expect(text('一234567')).toEqual({ wire: 'D2BB323334353637' })
  expect(text('商户12345')).toEqual({ code: 'tooLong', path: ['41'] })
  expect(text('1234567')).toEqual({ code: 'tooShort', path: ['41'] })
})

/** The one field behind MTI and bitmap, or what is wrong. */
function told(result: PackResult): unknown {
  if (result.ok)
    return { wire: Buffer.from(result.bytes.subarray(10)).toString('hex').toUpperCase() }
  return { code: result.error.code, path: result.error.path }
}
