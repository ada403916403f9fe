import { expect, test } from 'vitest'
import { typingPace } from '#web/client/keys/typing-pace.ts'

function typed(everyMs: number, keys: number): readonly boolean[] {
  const isMachine = typingPace()
  return Array.from({ length: keys }, (_, index) => isMachine(1000 + index * everyMs))
}

test('a fast hand is never taken for a machine', () => {
  expect(typed(30, 60)).not.toContain(true)
})

test('a scanner on a keyboard port is caught before the Enter of an eight-digit code, and to its end', () => {
  expect(typed(8, 19).indexOf(true)).toBe(6)
  expect(typed(8, 19).slice(6)).not.toContain(false)
})

test('after a moment of silence a person is heard again', () => {
  const isMachine = typingPace()
  for (let key = 0; key < 18; key += 1) isMachine(key * 5)
  expect(isMachine(85 + 299)).toBe(true)
  expect(isMachine(384 + 300)).toBe(false)
})
