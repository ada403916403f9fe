/** What a dialect remembers of the messages that it has seen: which of them it finds again, and how many it keeps. */
import { expect, test } from 'vitest'
import { compileFields } from '#iso8583/dialect/compile-fields.ts'
import { layoutOf } from '#iso8583/dialect.ts'
import { createPackPlans, planOf } from '#iso8583/quick/pack-plan.ts'
import { type Shape, shapeOf } from '#iso8583/quick/shape.ts'
import { createShapes } from '#iso8583/quick/shapes.ts'
import { SPEC } from './one-field.ts'

const NUMBERS = Array.from({ length: 40 }, (_, at) => at + 2)
const spec = {
  ...SPEC,
  fields: Object.fromEntries(NUMBERS.map((number) => [String(number), { format: 'n2' }])),
}
const { bitmap, slots } = layoutOf(spec, compileFields(spec))

const valuesOf = (fields: Readonly<Record<string, string>>) => Object.values(fields)

test('a set of fields is found again when all of it is given and nothing else', () => {
  const plans = createPackPlans()
  const find = (fields: Readonly<Record<string, string>>) => plans.find(fields, valuesOf(fields))
  const one = planOf(bitmap, slots.slice(0, 1))
  const two = planOf(bitmap, slots.slice(0, 2))
  expect(find({ 2: '00' })).toBe(null)
  plans.keep(one)
  plans.keep(two)
  for (let time = 0; time < 2; time++) {
    expect(find({ 2: '00' })).toBe(one)
    expect(find({ 3: '00', 2: '00' })).toBe(two)
    expect(find({ 2: '00', 4: '00' })).toBe(null)
    expect(find({ 2: '00', 3: '00', 4: '00' })).toBe(null)
    expect(find({})).toBe(null)
  }
})

test('of 33 sets of fields 32 are remembered, and so of heads', () => {
  const plans = createPackPlans()
  const shapes = createShapes()
  const heads = NUMBERS.slice(0, 33).map((number) => Uint8Array.of(8, 0, number))
  for (const [at, bytes] of heads.entries()) {
    plans.keep(planOf(bitmap, slots.slice(at, at + 1)))
    shapes.keep(shapeOf({ bytes, mti: '0800' }, []))
  }
  const foundPlans = NUMBERS.map((number) => plans.find({ [number]: '00' }, ['00']) !== null)
  expect(foundPlans.lastIndexOf(true)).toBe(31)
  expect(foundPlans.slice(0, 32)).not.toContain(false)
  const foundShapes = heads.map((bytes) => shapes.find(bytes) !== null)
  expect(foundShapes.indexOf(false)).toBe(32)
})

test('a message has the head that it begins with, to the last byte of it', () => {
  const shapes = createShapes()
  const shape: Shape = shapeOf({ bytes: Uint8Array.of(8, 0, 64), mti: '0800' }, [])
  shapes.keep(shape)
  for (let time = 0; time < 2; time++) {
    expect(shapes.find(Uint8Array.of(8, 0, 64, 1, 2))).toBe(shape)
    expect(shapes.find(Uint8Array.of(8, 0, 65, 1, 2))).toBe(null)
    expect(shapes.find(Uint8Array.of(8, 0))).toBe(null)
    expect(shapes.find(Uint8Array.of(9, 0, 64))).toBe(null)
  }
})
