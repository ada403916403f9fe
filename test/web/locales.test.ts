/** Both languages say everything, with the same blanks to fill in, and never shout. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { FIXTURES } from './fixtures.ts'

const table = z.record(z.string(), z.string())
const schema = z.strictObject({
  screen: z.record(z.string(), z.union([z.string(), table])),
  pages: z.record(z.string(), z.strictObject({ title: z.string(), question: z.string() })),
  customer: table,
  help: table,
  options: table,
  faults: table,
  devices: table,
  channels: table,
  slips: table,
  copies: table,
  outcomes: table,
  doing: table,
  means: table,
  roles: table,
  messages: z.record(
    z.string(),
    z.strictObject({ what: z.string().min(1), money: z.string(), now: z.string().min(1) }),
  ),
})

function read(locale: string): z.infer<typeof schema> {
  const file = join(import.meta.dirname, '../../config/locales', `${locale}.json`)
  return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

function flat(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, `${path}/${key}`))
}

const zh = read('zh-CN')
const en = read('en')
const zhWords = flat(zh)
const enWords = new Map(flat(en))

test('both languages have the same keys', () => {
  expect([...enWords.keys()].toSorted()).toEqual(zhWords.map(([path]) => path).toSorted())
})

test('both languages leave the same blanks in the same sentence', () => {
  const blanks = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted()
  const differing = flat(zh.messages)
    .concat(zhWords.filter(([path]) => !path.startsWith('/messages')))
    .filter(([path, text]) => {
      const other = enWords.get(path) ?? enWords.get(`/messages${path}`) ?? ''
      return blanks(text).join() !== blanks(other).join()
    })
  expect(differing).toEqual([])
})

test('nothing shouts and nothing is blank', () => {
  const all = [...zhWords, ...enWords]
  expect(all.filter(([, text]) => /[!！]/.test(text))).toEqual([])
  expect(all.filter(([path, text]) => text === '' && !path.endsWith('/money'))).toEqual([])
})

test('Chinese is not mixed into English', () => {
  const allowed = new Set(['/options/language'])
  const mixed = [...enWords].filter(
    ([path, text]) => /[\u3000-\u9fff\uff00-\uffef]/.test(text) && !allowed.has(path),
  )
  expect(mixed).toEqual([])
})

/** Signing in, waiting for the bank's link and a slip that never was concern no one's money. */
const WITHOUT_MONEY = ['signIn.', 'setPin.', 'link.signingOn', 'slip.none']

test('every message that can concern money says whether it moved', () => {
  const silent = Object.entries(en.messages)
    .filter(([key, words]) => words.money === '' && !WITHOUT_MONEY.some((p) => key.startsWith(p)))
    .map(([key]) => key)
  expect(silent).toEqual([])
})

test('a message about an unknown result never claims that nothing was charged', () => {
  for (const key of ['host.timedOut', 'host.invalidAnswer', 'cancel.willReverse']) {
    expect(en.messages[key]?.money).not.toContain('Nothing charged')
    expect(zh.messages[key]?.money).not.toContain('未扣款')
  }
})

const REJECT_REASONS =
  'PAYEE_CODE_WECHAT PAYEE_CODE_WECHAT_DYNAMIC PAYEE_CODE_ALIPAY PAYEE_CODE_ALIPAY_DYNAMIC PAYEE_CODE_UNIONPAY PAYEE_CODE_QQ PAYEE_CODE_EMV AGGREGATE_URL CONTACT_CARD UNKNOWN_URL GOODS_BARCODE TRANSACTION_ID INVOICE_QR FACE_TOKEN_UNSUPPORTED NOT_A_PAYMENT_CODE UNKNOWN_PREFIX BAD_LENGTH BAD_CHAR DOUBLE_READ REUSED EMPTY TRUNCATED UNSUPPORTED_AID UNSUPPORTED_VERSION TWO_CODES'

test.each(REJECT_REASONS.split(' '))('the cashier is told what %s is', (reason) => {
  expect(zh.messages[`code.${reason}`]?.money).toBe('未扣款。')
})

const DECLINES =
  '01 03 97 04 34 41 43 38 75 55 05 57 58 59 61 62 65 51 54 15 21 40 12 13 14 30 64 25 22 45 68 98 90 91 92 96 A7 94 99 A0 77 78 79 A1 A3 YM YT Z1 Z3 10 other'

test.each(DECLINES.split(' '))('response code %s has words', (code) => {
  expect(zh.messages[`host.declined.${code}`]?.what).toBeTruthy()
})

test('every page, option, message, fault and channel that a view can carry has words', () => {
  const missing: string[] = []
  const want = (words: Readonly<Record<string, unknown>>, key: string): void => {
    if (!(key in words)) missing.push(key)
  }
  for (const { view } of FIXTURES) {
    want(zh.pages, view.counter.kind)
    // An amount to give back or to hold is not asked for as one to charge.
    if (view.counter.kind === 'amount' && view.work !== undefined)
      want(zh.pages, `amount.${view.work}`)
    want(zh.help, view.counter.kind)
    for (const fault of view.strip.faults) want(zh.faults, fault.key)
    if (view.message !== null) want(zh.messages, view.message.key)
    if ('options' in view.counter) for (const { id } of view.counter.options) want(zh.options, id)
    if ('channel' in view.counter && view.counter.channel !== '')
      want(zh.channels, view.counter.channel)
  }
  expect(missing).toEqual([])
  expect(new Set(FIXTURES.map(({ view }) => view.counter.kind))).toEqual(
    new Set(Object.keys(zh.pages).filter((page) => !page.includes('.'))),
  )
})

test.each(['zh-CN', 'en'] as const)(
  'every state that is pictured speaks in words: %s',
  (locale) => {
    const { messages, options } = read(locale)
    const wordless = FIXTURES.flatMap(({ name, view: { counter, message } }) => [
      ...(message === null || message.key in messages ? [] : [`${name}: ${message.key}`]),
      ...('options' in counter ? counter.options : [])
        .filter(({ id }) => !(id in options))
        .map(({ id }) => `${name}: ${id}`),
    ])
    expect(wordless).toEqual([])
  },
)
