/** What stands above a slip that was broken off before, and the paper of a code payment that came to nothing. */
import { expect, test } from 'vitest'
import { renderSlip } from '#shell/receipt/render-slip.ts'
import { facts, PROFILES, shippedWords, slip } from './slips.ts'

const LOCALES = ['zh-CN', 'en'] as const

test.each(LOCALES)(
  'a broken part is called void in the very first lines of the whole slip (%s)',
  (locale) => {
    const words = shippedWords(locale)
    const text = renderSlip(slip({ afterPart: true }), PROFILES.narrow, words).text
    expect(text.indexOf('INCOMPLETE PART ABOVE IS VOID')).toBeGreaterThan(-1)
    expect(text.indexOf('ABOVE IS VOID')).toBeLessThan(
      text.indexOf(words.copies.merchant.slice(0, 4)),
    )
    expect(renderSlip(slip(), PROFILES.narrow, words).text).not.toContain('ABOVE IS VOID')
  },
)

test.each(LOCALES)(
  'not paid: what was asked for, that nothing was received, no signature and no bar code (%s)',
  (locale) => {
    const paper = facts({ type: 'notPaid', notPaid: { last4: '6741' }, channel: 'wechat' })
    const words = shippedWords(locale)
    const text = renderSlip(slip({ facts: paper, copy: 'cardholder' }), PROFILES.narrow, words).text
    expect(text).toContain('NOTHING WAS RECEIVED')
    expect(text).toContain('6741')
    expect(text).not.toContain(words.labels.signature)
    expect(text).not.toMatch(/S[0-9]{16}/)
  },
)
