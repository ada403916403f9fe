/** What the answer to a question is worth: which words end a debt, and how much must fit for that. */
import { expect, test } from 'vitest'
import { judgeWord } from '#core/code-query/judge.ts'
import { minor } from '#core/money.ts'
import { CODE_QUERY, SETUP } from '../counter.ts'

const ASKING = { ...SETUP, host: { ...SETUP.host, codeQuery: CODE_QUERY } }
const ASKED = { stan: '000007', original: { amountMinor: minor(3800) } }
const PAID: Readonly<Record<string, string>> = {
  '4': '000000003800',
  '11': '000007',
  '37': '112112000077',
  '39': '00',
  '41': SETUP.terminalNumber,
  '42': SETUP.merchantNumber,
}
const say = (code: string) => ({ ...PAID, '39': code })
const { '37': _reference, ...NAMELESS } = PAID
const { '39': _code, ...WORDLESS } = PAID

const OPEN = 'open false'

test.each<[string, Readonly<Record<string, string>>, 'good' | 'bad' | 'absent', string]>([
  ['paid', PAID, 'good', 'paid'],
  ['paid, in the other word for it', say('11'), 'good', 'paid'],
  ['paid, without a MAC', PAID, 'absent', OPEN],
  ['paid, with a wrong MAC', PAID, 'bad', 'open true'],
  ['paid, to another shop', { ...PAID, '42': '898100012345679' }, 'good', OPEN],
  ['paid, another sum', { ...PAID, '4': '000000003801' }, 'good', OPEN],
  ['paid, without a reference', NAMELESS, 'good', OPEN],
  ['paid, with a blank one', { ...PAID, '37': '   ' }, 'good', OPEN],
  ['to another question', { ...PAID, '11': '000006' }, 'good', OPEN],
  ['from another terminal', { ...PAID, '41': '10000002' }, 'good', OPEN],
  ['with a wrong MAC, to another question', { ...PAID, '11': '000006' }, 'bad', OPEN],
  ['not paid', say('51'), 'good', 'notPaid 51'],
  ['not paid, without a MAC', say('51'), 'absent', OPEN],
  ['the customer is busy', say('09'), 'good', 'paying'],
  ['the customer is busy, without a MAC', say('09'), 'absent', 'paying'],
  ['sign on again', say('A0'), 'absent', 'open true'],
  ['a word that decides nothing', say('25'), 'good', OPEN],
  ['no word', WORDLESS, 'good', OPEN],
])('%s', (_what, fields, mac, worth) => {
  expect(Object.values(judgeWord(ASKING, ASKED, { mti: '0210', mac, fields })).join(' ')).toBe(
    worth,
  )
})

test('a message of another kind says nothing, and neither does one that could not have been asked for', () => {
  const open = { kind: 'open', signOn: false }
  expect(judgeWord(ASKING, ASKED, { mti: '0410', mac: 'good', fields: PAID })).toEqual(open)
  expect(judgeWord(SETUP, ASKED, { mti: '0210', mac: 'good', fields: PAID })).toEqual(open)
})
