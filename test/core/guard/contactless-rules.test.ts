/** What the acquirer sent of taps without PIN and signature, beside what the technician wrote: the stricter counts. */
import { expect, test } from 'vitest'
import type { ContactlessRules } from '#core/guard/contactless-rules.ts'
import { minor } from '#core/money.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, counterFrom, ended, SETUP } from '../counter.ts'

/** The technician wrote 1000 yuan. */
const rules = (
  noPinYuan: number | null,
  noSignatureYuan: number | null = null,
): ContactlessRules => ({
  noPinMinor: noPinYuan === null ? null : minor(noPinYuan * 100),
  noSignatureMinor: noSignatureYuan === null ? null : minor(noSignatureYuan * 100),
})

test.each([
  ['a lower limit', rules(300), 300, false],
  ['a lower limit', rules(300), 301, true],
  ['a higher limit', rules(5000), 1001, true],
  ['none at all', rules(null), 1000, false],
  ['that it is off', rules(0, 0), 1, true],
])(
  'the acquirer sent %s (%o): a tap of %i yuan, PIN asked: %s',
  (_what, contactless, yuan, asked) => {
    const counter = tapped(contactless, yuan)
    expect(counter.dos().includes('requestPin')).toBe(asked)
    expect(counter.step()).toBe(asked ? 'pin' : 'authorizing')
  },
)

test.each([
  [rules(300), 300, 'noPinNoSignature', 30_000],
  [rules(300, 100), 200, 'signature', null],
  [rules(300, 100), 100, 'noPinNoSignature', 10_000],
  [rules(null, 5000), 1000, 'noPinNoSignature', 100_000],
])('limits %o: the slip of a tap of %i yuan says %s', (contactless, yuan, verification, limit) => {
  const counter = tapped(contactless, yuan)
  counter.reply()
  const facts = counter.state().recent.at(-1)?.slip
  expect(facts).toMatchObject({ verification, verificationLimitMinor: limit })
})

test('limits that come while nobody pays hold from the next tap on, and the limit of the technician stays what it was', () => {
  const counter = counterWith(WANTED)
  counter.tell({ type: 'hostAsked', request: 1 })
  counter.tell(ended('parameters'))
  counter.tell({ ...ended('contactless'), contactless: rules(300) })
  expect(counter.state().setup.contactless).toEqual(rules(300))
  expect(counter.state().setup.limits.contactlessNoPinMinor).toBe(100_000)
  counter.ask(301)
  counter.presentCard()
  expect(counter.dos()).toContain('requestPin')
})

test('new parameters may mean the limits of taps, so both are fetched, where the limits are wanted at all', () => {
  const fetched = (setup: Setup) => {
    const counter = counterWith(setup)
    counter.tell({ type: 'hostAsked', request: 1 })
    counter.tell(ended('parameters'))
    return counter.state().upkeep?.running
  }
  expect(fetched(WANTED)).toBe('contactless')
  expect(fetched(SETUP)).toBeNull()
})

const WANTED: Setup = { ...SETUP, host: { ...SETUP.host, downloads: ['contactless'] } }

/** Signed on; what the setup wants was fetched before. */
function counterWith(setup: Setup): Counter {
  const counter = counterFrom(undefined, setup)
  counter.open()
  if (setup === WANTED) counter.tell(ended('contactless'))
  return counter
}

function tapped(contactless: ContactlessRules, yuan: number): Counter {
  const counter = counterFrom(undefined, { ...SETUP, contactless })
  counter.open()
  counter.ask(yuan)
  counter.presentCard()
  return counter
}
