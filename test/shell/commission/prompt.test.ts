import { expect, test } from 'vitest'
import { createPrompt } from '#shell/commission/prompt.ts'
import { typist } from '../../cli/off-terminal.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

test('a hidden answer is lent once, not shown, and zeroed afterwards', () => {
  const keyboard = typist('730264', 'seen')
  const prompt = createPrompt(keyboard)
  let lent: Uint8Array = new Uint8Array()
  const answer = prompt.askHidden('PIN', (bytes) => {
    lent = new Uint8Array(bytes.buffer)
    return text(bytes)
  })
  expect(answer).toBe('730264')
  expect(lent.every((byte) => byte === 0)).toBe(true)
  expect(prompt.ask('name')).toBe('seen')
  expect(keyboard.shown()).toBe('seen\n')
})

test('a mistyped mark can be erased, and a line from another system ends with one end of line', () => {
  const prompt = createPrompt(typist('73\x7f40\x08\r', 'next'))
  expect(prompt.askHidden('PIN', text)).toBe('74')
  expect(prompt.ask('then')).toBe('next')
})

test('breaking off, and the end of the input, are no answer', () => {
  expect(createPrompt(typist('12\x0334')).askHidden('PIN', text)).toBeNull()
  expect(createPrompt(typist()).ask('name')).toBeNull()
})

test('what is typed beyond the limit is dropped, not kept', () => {
  expect(createPrompt(typist('A'.repeat(1000))).askHidden('key', (bytes) => bytes.length)).toBe(256)
})

test('nothing is shown from before the question on, so that whoever types at once is not seen either', () => {
  const order: string[] = []
  const keyboard = typist('730264')
  const prompt = createPrompt({
    ...keyboard,
    write: (words) => void order.push(words),
    echo: (on) => void order.push(on ? 'shown' : 'hidden'),
  })
  prompt.askHidden('PIN', () => null)
  expect(order).toEqual(['hidden', 'PIN ', '\n', 'shown'])
})
