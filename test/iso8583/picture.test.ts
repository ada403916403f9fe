/** All values of a message are cut out of one picture of it; each value alone is made from its own bytes. Both must say the same. */
import { expect, test } from 'vitest'
import { compileFields } from '#iso8583/dialect/compile-fields.ts'
import { layoutOf } from '#iso8583/dialect.ts'
import { createEasel } from '#iso8583/quick/picture.ts'
import { scan } from '#iso8583/quick/scan.ts'
import { unpackMessage } from '#iso8583/unpack.ts'
import { messageBytes, readVectors, shippedDialect } from './dialects.ts'

const PUBLISHED = readVectors()

test('every field of every published message is the same asked for alone and with all others', () => {
  for (const vector of PUBLISHED) {
    const read = shippedDialect(vector.dialect).unpack(messageBytes(vector))
    if (!read.ok) throw new Error(read.error.code)
    const { message } = read
    const alone = Object.keys(message.fields).map((field) => [field, message.get(Number(field))])
    expect(Object.fromEntries(alone)).toEqual(message.fields)
  }
})

function known(card: (typeof PUBLISHED)[number] | undefined) {
  if (card === undefined) throw new Error('no message with a card number')
  const { spec } = shippedDialect(card.dialect)
  const layout = layoutOf(spec, compileFields(spec))
  const bytes = messageBytes(card)
  unpackMessage(layout, bytes, {})
  const shape = layout.shapes.find(bytes)
  const marks = shape === null ? null : scan(shape, bytes)
  if (shape === null || marks === null) throw new Error('a message that is not taken quickly')
  return { bytes, marks, places: shape.places, pan: card.expected['2'] ?? '' }
}

const isWithCard = ({ dialect, expected }: (typeof PUBLISHED)[number]): boolean =>
  dialect === 'unionpay-pos' && (expected['2'] ?? '').length >= 16

test('a card number that is asked for as bytes is in no picture, nor is the one of the message before', () => {
  const { bytes, marks, pan, places } = known(PUBLISHED.find(isWithCard))
  const easel = createEasel()
  const withoutPan = places.filter(({ number }) => number !== 2)
  expect(easel.draw(bytes, places, marks)).toContain(pan.slice(0, 12))
  const picture = easel.draw(bytes, withoutPan, marks)
  expect(picture).not.toBeNull()
  expect(picture).not.toContain(pan.slice(0, 12))
})

test('a message that is too long for a picture is not drawn', () => {
  const { bytes, marks, places } = known(PUBLISHED.find(isWithCard))
  const long = new Uint8Array(4096)
  long.set(bytes)
  expect(createEasel().draw(long, places, marks)).toBeNull()
})
