/** A view of a message gives what it was asked for: as text, or as bytes that never were text, and nothing twice. */
import { expect, test } from 'vitest'
import type { UnpackOptions } from '#iso8583/message.ts'
import type { MessageView } from '#iso8583/message-view.ts'
import { shippedDialect } from './dialects.ts'

const FIELDS = { '2': '6222021001112345', '3': '000000', '41': '12345678' }

/** Of a head that is not known, and of one that is. */
function views(options: UnpackOptions): readonly MessageView[] {
  const dialect = shippedDialect('unionpay-pos')
  const packed = dialect.pack({ mti: '0200', fields: FIELDS })
  const bytes = packed.ok ? packed.bytes : new Uint8Array(0)
  return [1, 2].flatMap(() => {
    const read = dialect.unpack(bytes, options)
    return read.ok ? [read.message] : []
  })
}

test('what was asked for as bytes is no text, in no way', () => {
  for (const view of views({ asBytes: ['2', '35'] })) {
    expect(view.fields).toEqual({ '3': '000000', '41': '12345678' })
    expect(view.bytes).toEqual({ '2': new TextEncoder().encode(FIELDS['2']) })
    expect([view.get(2), view.get(3)]).toEqual([undefined, '000000'])
  }
})

test('a field that the message does not have is undefined', () => {
  for (const view of views({})) {
    expect([view.get(4), view.get(65), view.get(-1), view.get(2.5)]).toEqual(
      Array.from({ length: 4 }),
    )
    expect(view.bytes).toEqual({})
    expect(view.get(2)).toBe(FIELDS['2'])
  }
})

test('values are made once, and kept', () => {
  for (const view of views({ asBytes: ['2'] })) {
    expect(view.fields).toBe(view.fields)
    expect(view.bytes).toBe(view.bytes)
  }
})

test('a view is of its own message, whatever was read since with the same head', () => {
  const dialect = shippedDialect('unionpay-pos')
  const pans = ['6222021001112345', '4111111111111', '6222021001110000012']
  const views = [...pans, ...pans].map((pan) => {
    const packed = dialect.pack({ mti: '0200', fields: { ...FIELDS, '2': pan } })
    const read = dialect.unpack(packed.ok ? packed.bytes : new Uint8Array(0))
    if (!read.ok) throw new Error(read.error.code)
    return read.message
  })
  expect(views.map((view) => [view.get(2), view.fields['41']])).toEqual(
    [...pans, ...pans].map((pan) => [pan, FIELDS['41']]),
  )
})
