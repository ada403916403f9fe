import { expect, test } from 'vitest'
import { themeAt, wardrobe } from '#web/client/theme.ts'

const byClock = { theme: 'byClock', quietHours: null, volume: 100, voice: true } as const

test.each([
  [5, 'dark'],
  [6, 'light'],
  [17, 'light'],
  [18, 'dark'],
  [0, 'dark'],
] as const)('by the clock a screen at %s o’clock is %s', (hour, theme) => {
  expect(themeAt(byClock, hour)).toBe(theme)
})

test('a theme that the technician chose is worn at every hour', () => {
  for (let hour = 0; hour < 24; hour += 1)
    expect(themeAt({ theme: 'contrast', quietHours: null, volume: 100, voice: true }, hour)).toBe(
      'contrast',
    )
})

test('in the middle of a sale the page keeps its clothes, and changes when it is over', () => {
  const dataset: Record<string, string> = {}
  const dress = wardrobe({ dataset })
  const look = (theme: 'light' | 'dark') => ({ theme, quietHours: null, volume: 100, voice: true })
  dress(look('light'), false)
  dress(look('dark'), false)
  expect(dataset).toEqual({ theme: 'light' })
  dress(look('dark'), true)
  expect(dataset).toEqual({ theme: 'dark' })
})
