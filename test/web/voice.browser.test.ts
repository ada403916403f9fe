/** The clips as the browser plays them: from the terminal itself, in their order, and only when they are wanted. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Locale, View } from '#shell/api/view.ts'
import { eachGlass } from './each-glass.ts'
import { FIXTURES } from './fixtures.ts'
import { SLOW } from './glass.ts'

const PATIENCE_MS = 15_000

const ENGLISH = { counter: 'en', customer: 'en' } as const

const { glass } = eachGlass(async (fresh) => {
  await fresh.page.addInitScript(`(() => {
    window.played = []
    window.decoded = 0
    const decode = AudioContext.prototype.decodeAudioData
    AudioContext.prototype.decodeAudioData = async function (bytes) {
      const buffer = await decode.call(this, bytes)
      window.decoded += 1
      return buffer
    }
    const start = AudioBufferSourceNode.prototype.start
    AudioBufferSourceNode.prototype.start = function (at, from, length) {
      window.played.push([Math.round(from * 1000), Math.round(length * 1000), Math.round(this.buffer.duration)])
      start.call(this, at, from, length)
    }
  })()`)
})

function tableOf(locale: Locale): Readonly<Record<string, readonly [number, number]>> {
  const table: Record<string, [number, number]> = JSON.parse(
    readFileSync(`src/web/client/sound/${locale}.json`, 'utf8'),
  )
  return table
}

async function heard(what: string, count: number): Promise<void> {
  await expect.poll(() => glass().page.evaluate(what), { timeout: PATIENCE_MS }).toBe(count)
}

/** The names of what was played, once there are so many. */
async function played(count: number, locale: Locale): Promise<readonly string[]> {
  await heard('window.played.length', count)
  const spans: number[][] = await glass().page.evaluate('window.played')
  const names = Object.entries(tableOf(locale))
  return spans.map(
    ([from, length]) =>
      names.find(([, span]) => span[0] === from && span[1] === length)?.[0] ?? `${from}?`,
  )
}

function viewNamed(name: string): View {
  const found = FIXTURES.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no fixture ${name}`)
  return found.view
}

const present = viewNamed('present')

test('38.50 is charged aloud in both languages, clip by clip, from files of the terminal that come with the first touch', {
  timeout: SLOW,
}, async () => {
  const fetched: string[] = []
  glass().page.on('request', (request) => void fetched.push(new URL(request.url()).pathname))
  await glass().goTo('counter')
  expect(fetched.filter((path) => path.endsWith('.ogg'))).toEqual([])
  await glass().page.mouse.click(5, 5)
  await heard('window.decoded', 1)
  await glass().show(present)
  expect(await played(7, 'zh-CN')).toEqual(['charge', '三', '十', '八', '元', '五', '角'])
  await glass().page.evaluate('window.played = []')
  await glass().show({ ...viewNamed('amount-empty'), locale: ENGLISH })
  await heard('window.decoded', 2)
  await glass().show({ ...present, locale: ENGLISH })
  expect(await played(6, 'en')).toEqual(['charge', 'thirty', 'eight', 'yuan', 'fifty', 'fen'])
  expect(fetched.filter((path) => path.endsWith('.ogg'))).toHaveLength(2)
  expect(glass().complaints).toEqual([])
})

test('where the technician wants no voice, nothing is said and nothing fetched', {
  timeout: SLOW,
}, async () => {
  await glass().restart({ theme: 'light', quietHours: null, volume: 100, voice: false })
  const fetched: string[] = []
  glass().page.on('request', (request) => void fetched.push(request.url()))
  await glass().goTo('counter')
  await glass().page.mouse.click(5, 5)
  await glass().show(present)
  await glass().show(viewNamed('result-approved'))
  expect(await glass().page.evaluate('window.played.length')).toBe(0)
  expect(fetched.filter((url) => url.endsWith('.ogg'))).toEqual([])
})

test('a customer who holds 5, or the page, hears the amount and what to do; a tap says nothing', {
  timeout: SLOW,
}, async () => {
  await glass().goTo('customer')
  await glass().show(viewNamed('present'))
  const { keyboard, mouse } = glass().page
  await keyboard.press('5')
  await mouse.click(200, 400)
  expect(await glass().page.evaluate('window.played.length')).toBe(0)
  await keyboard.down('5')
  const words = ['charge', '三', '十', '八', '元', '五', '角', 'guide.present']
  expect(await played(words.length, 'zh-CN')).toEqual(words)
  await keyboard.up('5')
  await glass().page.evaluate('window.played = []')
  await mouse.move(200, 400)
  await mouse.down()
  expect(await played(words.length, 'zh-CN')).toEqual(words)
  await mouse.up()
})

test('the customer changes language and print by key, and the page stays where it is', {
  timeout: SLOW,
}, async () => {
  await glass().goTo('customer')
  await glass().show(viewNamed('present'))
  await glass().page.keyboard.press('F6')
  await glass().page.locator('[data-large=true]').waitFor()
  await glass().page.keyboard.press('l')
  expect(await glass().fixture.nextAction()).toEqual({
    type: 'locale',
    screen: 'customer',
    locale: 'en',
  })
  await glass().show({ ...viewNamed('present'), locale: { counter: 'zh-CN', customer: 'en' } })
  await glass().page.locator('html[lang=en]').waitFor()
  expect(await glass().page.getByTestId('amount').getAttribute('data-amount')).toBe('38.50')
  expect(await glass().page.locator('[data-large=true]').count()).toBe(1)
})
