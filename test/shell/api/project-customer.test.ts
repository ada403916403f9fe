/** What whoever pays reads: what to have ready, and what to do about the code in their hand. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { projectCustomer } from '#shell/api/project-customer.ts'
import { type Counter, counterFrom, SETUP } from '../../core/counter.ts'

function asking(): Counter {
  const codes = { mergeMs: 300, secondPhoneMs: 1000, unreadableTries: 3 }
  const counter = counterFrom(undefined, { ...SETUP, codes })
  counter.open()
  counter.ask(38)
  return counter
}

function hintAfter(counter: Counter, why: string): string | undefined {
  counter.tell({ type: 'codeRefused', why, digits: 18, fingerprint: 'hash' })
  const page = projectCustomer(counter.state())
  return page.kind === 'present' ? page.hint : 'no such page'
}

test('the idle screen says what the shop takes, and only what its devices can take just now', () => {
  const counter = counterFrom()
  counter.open()
  const shown = () => projectCustomer(counter.state())
  expect(shown()).toEqual({ kind: 'welcome', means: ['insert', 'tap', 'swipe', 'code'] })
  counter.tell({
    type: 'deviceHealthChanged',
    health: { device: 'qrScanner', troubles: ['gone'] },
  })
  expect(shown()).toEqual({ kind: 'welcome', means: ['insert', 'tap', 'swipe'] })
})

test('what was wrong with the code is told to the customer, as what to do now', () => {
  expect(hintAfter(asking(), 'PAYEE_CODE_WECHAT')).toBe('notPayCode')
  expect(hintAfter(asking(), 'EMPTY')).toBe('again')
  const counter = asking()
  for (const hint of ['again', 'again', 'again']) expect(hintAfter(counter, 'BAD_CHAR')).toBe(hint)
  expect(counter.said()).toBe('code.CLEAN_WINDOW')
})

test('two phones in view, and a code that has paid before', () => {
  const counter = asking()
  counter.presentCode('F1')
  counter.presentCode('F2')
  expect(projectCustomer(counter.state())).toMatchObject({ kind: 'present', hint: 'onePhone' })
  counter.presentCode('F2')
  counter.tell({ type: 'timerFired', timer: 'codes' })
  counter.reply()
  for (let tries = 0; tries < 4 && counter.step() !== 'amount'; tries++) counter.press('cancel')
  counter.ask(12)
  counter.presentCode('F2')
  expect(projectCustomer(counter.state())).toMatchObject({ kind: 'present', hint: 'refresh' })
})

test('before anything was held up nothing is wrong', () => {
  expect(projectCustomer(asking().state())).not.toHaveProperty('hint')
})

test.each(['zh-CN', 'en'])('every hint has its words in %s', (locale) => {
  const file = new URL(`../../../config/locales/${locale}.json`, import.meta.url)
  const words: { customer: Record<string, string> } = JSON.parse(readFileSync(file, 'utf8'))
  for (const hint of ['payCode', 'onePhone', 'refresh', 'again', 'notPayCode'])
    expect(words.customer[`hint.${hint}`]).toBeTypeOf('string')
})
