/** What is said aloud, clip by clip; and what is never said. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { readAmount } from '#core/reading.ts'
import type { CounterPage, Locale, Money, View } from '#shell/api/view.ts'
import { guideOf } from '#web/client/sound/guide.ts'
import { spokenAmount } from '#web/client/sound/spoken-amount.ts'
import { speakOnce } from '#web/client/sound/utterance.ts'
import { viewOf } from './fixtures/parts.ts'
import { FIXTURES } from './fixtures.ts'

function money(fen: number): Money {
  return { minor: fen, text: (fen / 100).toFixed(2), reading: readAmount(minor(fen)) }
}

function spoken(locale: Locale, fen: number): string {
  return spokenAmount(locale, money(fen)).join(' ')
}

test.each([
  [3850, '三 十 八 元 五 角', 'thirty eight yuan fifty fen'],
  [1_000_005, '一 万 元 零 五 分', 'ten thousand yuan five fen'],
  [10_000_000, '十 万 元 整', 'one hundred thousand yuan'],
  [200, '两 元 整', 'two yuan'],
  [22_200, '二 百 二 十 二 元 整', 'two hundred twenty two yuan'],
  [1200, '十 二 元 整', 'twelve yuan'],
  [2_000_020, '两 万 元 二 角', 'twenty thousand yuan twenty fen'],
  [5, '五 分', 'five fen'],
  [0, '零 元', 'zero yuan'],
  [
    999_999_999_999,
    '九 十 九 亿 九 千 九 百 九 十 九 万 九 千 九 百 九 十 九 元 九 角 九 分',
    'nine billion nine hundred ninety nine million nine hundred ninety nine thousand nine hundred ninety nine yuan ninety nine fen',
  ],
])('%i fen are said in both languages', (fen, zh, en) => {
  expect([spoken('zh-CN', fen), spoken('en', fen)]).toEqual([zh, en])
})

const DINNER = money(3850)
const wait = { startedAt: 0, deadlineAt: 1000 }
const home: CounterPage = { kind: 'amount', typed: '', amount: money(0) }

function result(change: Partial<Extract<CounterPage, { kind: 'result' }>>): CounterPage {
  return {
    kind: 'result',
    outcome: 'approved',
    amount: DINNER,
    channel: 'wechat',
    last4: '4394',
    trace: '000123',
    slips: [],
    options: [],
    ...change,
  }
}

/** What is said when these pages follow each other, each as a page of its own. */
function said(...views: readonly (Partial<View> & { readonly counter: CounterPage })[]): string[] {
  const heard: string[] = []
  const speak = speakOnce(({ clips }) => void heard.push(clips.join(' ')))
  for (const [index, change] of views.entries())
    speak(viewOf({ page: `page-${index}`, ...change, revision: index }))
  return heard
}

test('the amount is said when the customer may present, by the way that the money goes', () => {
  const present: CounterPage = { kind: 'present', amount: DINNER, wait, means: ['code'] }
  expect(said({ counter: home }, { counter: present })).toEqual(['charge 三 十 八 元 五 角'])
  expect(said({ counter: home }, { counter: present, direction: 'out' })).toEqual([
    'refund 三 十 八 元 五 角',
  ])
  const english = { counter: 'en', customer: 'en' } as const
  expect(said({ counter: home }, { counter: present, locale: english })).toEqual([
    'charge thirty eight yuan fifty fen',
  ])
})

test.each<[string, Partial<Parameters<typeof result>[0]>, Partial<View>, readonly string[]]>([
  ['paid', {}, {}, ['channel.wechat charge 三 十 八 元 五 角']],
  [
    'less paid than due',
    { amount: money(200), due: DINNER },
    {},
    ['channel.wechat charge 两 元 整'],
  ],
  ['not paid', { outcome: 'notPaid' }, {}, ['notPaid']],
  ['unknown', { outcome: 'unknown' }, {}, ['unknown']],
  [
    'refunded',
    {},
    { direction: 'out', work: 'refund' },
    ['channel.wechat refunded 三 十 八 元 五 角'],
  ],
  ['voided', {}, { direction: 'out', work: 'void' }, ['channel.wechat voided 三 十 八 元 五 角']],
  ['not voided', { outcome: 'notPaid' }, { direction: 'out', work: 'void' }, ['notVoided']],
  ['held', {}, { direction: 'hold', work: 'preAuth' }, ['channel.wechat held 三 十 八 元 五 角']],
  ['a balance', {}, { direction: 'in', work: 'balance' }, []],
])('an outcome is said in its own words: %s', (_case, page, change, words) => {
  expect(said({ counter: home }, { counter: result(page), ...change })).toEqual(words)
})

test('no outcome is said while the host has not answered, whatever tone comes', () => {
  const working: CounterPage = {
    kind: 'working',
    doing: 'authorizing',
    amount: DINNER,
    channel: 'card',
    last4: '0012',
    wait,
    cancelAsked: false,
  }
  expect(said({ counter: home }, { counter: working, tone: 'success' })).toEqual([])
  expect(said({ counter: working }, { counter: home, tone: 'success' })).toEqual([])
})

test('an outcome is said once, and not again when its page comes back after a gap', () => {
  const heard: string[] = []
  const speak = speakOnce(({ clips }) => void heard.push(clips.join(' ')))
  const paid = { ...viewOf({ counter: result({}) }), page: 'paid' }
  speak(viewOf({ counter: home }))
  speak({ ...paid, revision: 2 })
  speak({ ...paid, revision: 2 })
  speak({ ...paid, revision: 3 })
  speak(null)
  speak({ ...paid, revision: 4 })
  expect(heard).toHaveLength(1)
})

test('a drill says nothing, so that nobody takes it for money', () => {
  expect(said({ counter: home, drill: true }, { counter: result({}), drill: true })).toEqual([])
})

test('a receive code is called no payment code, a half-read payment code is not', () => {
  const present: CounterPage = { kind: 'present', amount: DINNER, wait, means: ['code'] }
  const told = (key: string): string[] =>
    said(
      { counter: present, page: 'p' },
      { counter: present, page: 'p', tone: 'refused', message: { key, params: {} } },
    )
  expect(told('code.PAYEE_CODE_WECHAT')).toEqual(['notACode'])
  expect(told('code.TRUNCATED')).toEqual([])
})

function clipsOf(locale: Locale): Readonly<Record<string, readonly number[]>> {
  const table: Record<string, number[]> = JSON.parse(
    readFileSync(`src/web/client/sound/${locale}.json`, 'utf8'),
  )
  return table
}

test.each<Locale>(['zh-CN', 'en'])('everything that can be said in %s has a clip', (locale) => {
  const clips = clipsOf(locale)
  const words: Record<string, unknown> = JSON.parse(
    readFileSync(`config/locales/voice.${locale}.json`, 'utf8'),
  )
  expect(Object.keys(words['clips'] ?? {})).toEqual(Object.keys(clips))
  const said = new Set<string>()
  const speak = speakOnce((utterance) => utterance.clips.forEach((clip) => said.add(clip)))
  for (const [index, { view }] of FIXTURES.entries()) {
    const both = { counter: locale, customer: locale }
    speak({ ...view, locale: both, drill: false, page: `p${index}`, revision: index })
    for (const clip of guideOf({ ...view, locale: both })) said.add(clip)
  }
  for (const fen of [1, 20, 300, 4050, 1_234_567, 999_999_999_999, 10_101_011, 80_000_000])
    for (const clip of spokenAmount(locale, money(fen))) said.add(clip)
  expect(said.size).toBeGreaterThan(30)
  expect([...said].filter((clip) => clips[clip] === undefined)).toEqual([])
})

test('neither voice nor guide ever says a digit of a card or of a PIN', () => {
  const masked: CounterPage = { kind: 'pin', amount: DINNER, masked: '622202*********0012', wait }
  expect(said({ counter: home }, { counter: masked })).toEqual(['waitPin'])
  const view = viewOf({ counter: masked, customer: { kind: 'pin', amount: DINNER } })
  expect(guideOf(view).join(' ')).toBe('charge 三 十 八 元 五 角 guide.pin')
})
