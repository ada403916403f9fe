import { expect, test } from 'vitest'
import { addReasons, SUGGEST_FROM, suggestions } from '#core/report/suggest.ts'

function keys(reasons: Readonly<Record<string, number>>, payments = 1_000): readonly string[] {
  const counted = Object.entries(reasons).map(([key, count]) => ({ key, count }))
  return suggestions(counted, payments).map(({ key }) => key)
}

test('a quiet week suggests nothing', () => {
  expect(keys({ 'cause.wrongAmount': SUGGEST_FROM.wrongAmount - 1, takesBack: 40 })).toEqual([])
})

test('amounts that were corrected again and again speak for a page of their own, and the sentence names how many', () => {
  const reasons = [{ key: 'cause.wrongAmount', count: SUGGEST_FROM.wrongAmount }]
  expect(suggestions(reasons, 1_000)).toEqual([
    { key: 'suggest.wrongAmount', params: { count: String(SUGGEST_FROM.wrongAmount) } },
  ])
})

test('reasons of one family are counted together', () => {
  expect(keys({ 'cause.wrongPayer': 1, samePayer: 1 })).toEqual(['suggest.wrongPayer'])
})

test('more questions than people read speak for a wider band, but never on a handful of payments', () => {
  expect(keys({ keyedAgain: 21 })).toEqual(['suggest.tooManyQuestions'])
  expect(keys({ keyedAgain: 20 })).toEqual([])
  expect(keys({ keyedAgain: 21 }, 100)).toEqual([])
})

test('the days of a week are added up, most frequent first', () => {
  const days = [
    [{ key: 'a', count: 1 }],
    [],
    [
      { key: 'b', count: 5 },
      { key: 'a', count: 2 },
    ],
  ]
  expect(addReasons(days)).toEqual([
    { key: 'b', count: 5 },
    { key: 'a', count: 3 },
  ])
})

test.each([
  ['wrongAmount', 'cause.wrongAmount', 3],
  ['totalDiffers', 'totalDiffers', 2],
  ['wrongPayer', 'cause.wrongPayer', 2],
  ['wrongKind', 'cause.holdMeant', 2],
  ['wrongKind', 'cause.saleMeant', 2],
  ['blindConfirm', 'blindConfirm', 5],
  ['withoutSlip', 'proofTyped', 5],
  ['withoutSlip', 'proofList', 5],
  ['codeRefused', 'codeRefused', 10],
  ['slipsLate', 'slip.owed', 10],
  ['slipsLate', 'slip.unsure', 10],
])('%s is spoken of because of %s from the %ith on', (name, reason, from) => {
  expect([keys({ [reason]: from }), keys({ [reason]: from - 1 })]).toEqual([
    [`suggest.${name}`],
    [],
  ])
  expect(keys({ [`${reason}.more`]: from })).toEqual([`suggest.${name}`])
  expect(keys({ [`${reason}Else`]: from })).toEqual([])
})

test('a share is told to a tenth, from two hundred payments on; without any payment there is none', () => {
  const asked = [{ key: 'keyedAgain', count: 5 }]
  expect(suggestions(asked, 200)).toEqual([
    { key: 'suggest.tooManyQuestions', params: { share: '2.5' } },
  ])
  expect([suggestions(asked, 199), suggestions(asked, 0)]).toEqual([[], []])
})

test('as frequent as each other: by name', () => {
  const days = ['c', 'a', 'b'].map((key) => [{ key, count: 1 }])
  expect(addReasons(days).map(({ key }) => key)).toEqual(['a', 'b', 'c'])
})
