import { expect, test } from 'vitest'
import { judge, spendNight } from './monkey-night.ts'

test('a monkey at the counter sends no amount that was not confirmed, finds no dead end and breaks no page', {
  timeout: 120_000,
}, async () => {
  const night = await spendNight(120, 20_261_122)
  expect(night).toMatchObject({ unconfirmed: [], traps: [], complaints: [], deadEnds: [] })
  expect(night.requests).toBeGreaterThan(0)
})

test('a journal in which an amount was sent without its confirmation is found out', () => {
  const confirm = {
    line: 'event',
    refused: null,
    event: { type: 'keyPressed', page: 'confirmAmount#7', key: 'confirm' },
  }
  const send = (id: string) => ({
    line: 'event',
    refused: null,
    event: { type: 'codeScanned' },
    effects: [{ do: 'sendRequest', attempt: { order: { id } } }],
  })
  expect(judge([confirm, send('a'), send('a')])).toEqual({ requests: 2, unconfirmed: [] })
  expect(judge([confirm, send('a'), send('b')]).unconfirmed).toEqual(['b'])
  expect(judge([{ ...confirm, refused: 'stalePage' }, send('a')]).unconfirmed).toEqual(['a'])
})
