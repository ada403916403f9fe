/** The cards beside the till use the words of the screen, and each fits on one sheet. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { openChromium } from '../browser/chromium.ts'

const LOCALES = ['zh-CN', 'en'] as const

type Words = { readonly [key: string]: string | Words }
const words: z.ZodType<Words> = z.lazy(() => z.record(z.string(), z.union([z.string(), words])))

function cardOf(locale: string): string {
  return `docs/cards/cashier.${locale}.html`
}

function allWords(tree: Words): readonly string[] {
  return Object.values(tree).flatMap((one) => (typeof one === 'string' ? [one] : allWords(one)))
}

function framed(html: string): readonly string[] {
  return [...html.matchAll(/<kbd>([^<]+)<\/kbd>/g)].map(([, word = '']) => word)
}

test.each(LOCALES)('what stands in a frame on the card is what the screen says, %s', (locale) => {
  const known = allWords(
    words.parse(JSON.parse(readFileSync(`config/locales/${locale}.json`, 'utf8'))),
  )
  const used = framed(readFileSync(cardOf(locale), 'utf8'))
  expect(used.length).toBeGreaterThan(20)
  expect(used.filter((word) => !known.includes(word))).toEqual([])
})

test('both cards name the same things', () => {
  const [zh = [], en = []] = LOCALES.map((locale) => framed(readFileSync(cardOf(locale), 'utf8')))
  const keysOf = (locale: string, used: readonly string[]): readonly string[] => {
    const tree = words.parse(JSON.parse(readFileSync(`config/locales/${locale}.json`, 'utf8')))
    const { options = {}, outcomes = {} } = tree
    const named = {
      ...(typeof options === 'string' ? {} : options),
      ...(typeof outcomes === 'string' ? {} : outcomes),
    }
    return Object.entries(named).flatMap(([key, word]) =>
      typeof word === 'string' && used.includes(word) ? [key] : [],
    )
  }
  const both = keysOf('zh-CN', zh).filter((key) => keysOf('en', en).includes(key))
  expect(both.length).toBeGreaterThan(12)
  expect(zh.length).toBe(en.length)
})

test('each card prints on one sheet of A4, and a longer one would be found', {
  timeout: 60_000,
}, async () => {
  const browser = await openChromium()
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const sheets = async (): Promise<number> => {
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    return [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b/g)].length
  }
  for (const locale of LOCALES) {
    await page.goto(pathToFileURL(resolve(cardOf(locale))).href)
    expect([locale, await sheets()]).toEqual([locale, 1])
    await page.addStyleTag({ content: 'body { font-size: 20px !important }' })
    expect(await sheets()).toBeGreaterThan(1)
  }
})
