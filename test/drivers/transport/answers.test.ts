import { expect, test } from 'vitest'
import { createAnswers } from '#drivers/transport/answers.ts'
import { realClock } from './real-clock.ts'

const even = (said: number): number | null => (said % 2 === 0 ? said : null)

test('a wait ends with the first answer that fits', async () => {
  const answers = createAnswers<number>(realClock())
  const wait = answers.next(even, 1000)

  expect(answers.offer(1)).toBe(false)
  expect(answers.offer(4)).toBe(true)
  expect(answers.offer(6)).toBe(false)

  expect(await wait).toBe(4)
})

test('a wait without answer ends when its time is over', async () => {
  const answers = createAnswers<number>(realClock())

  expect(await answers.next(even, 5)).toBe(null)
  expect(answers.offer(2)).toBe(false)
})

test('all waits end when the link goes', async () => {
  const answers = createAnswers<number>(realClock())
  const waits = [answers.next(even, 60_000), answers.next(even, 60_000)]

  answers.abandon()

  expect(await Promise.all(waits)).toEqual([null, null])
})
