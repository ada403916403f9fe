import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

const words = (locale: string) =>
  z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(`config/locales/service.${locale}.json`, 'utf8')))

test('both languages say the same things and fill in the same values', () => {
  const [en, zh] = [words('en'), words('zh-CN')]
  expect(Object.keys(zh)).toEqual(Object.keys(en))
  const blanks = (text: string): readonly string[] =>
    [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).toSorted()
  for (const [key, text] of Object.entries(en)) {
    const wanted = [...new Set(blanks(text))]
    expect([key, [...new Set(blanks(zh[key] ?? ''))]]).toEqual([key, wanted])
  }
})

test('whatever goes wrong is said with what was changed', () => {
  const en = words('en')
  const refusals = Object.entries(en).filter(([key]) =>
    /^(keys\.not\.|signature\.|open\.|params\.plan\.)/.test(key),
  )
  expect(refusals.length).toBeGreaterThan(15)
  for (const [key, text] of refusals)
    expect([key, text]).toEqual([
      key,
      expect.stringMatching(/Nothing was changed|No key was loaded/),
    ])
})
