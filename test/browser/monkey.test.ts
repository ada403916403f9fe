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
  const inquiry = {
    line: 'event',
    refused: null,
    effects: [{ do: 'sendRequest', attempt: { order: { id: 'q', kind: 'balance' } } }],
  }
  // An inquiry moves no money: it needs no confirmation and uses up none, but clears nobody else's order.
  expect(judge([inquiry])).toEqual({ requests: 0, unconfirmed: [] })
  expect(judge([confirm, inquiry, send('a')])).toEqual({ requests: 1, unconfirmed: [] })
  expect(judge([inquiry, send('a')]).unconfirmed).toEqual(['a'])
  expect(judge([confirm, send('a'), send('a')])).toEqual({ requests: 2, unconfirmed: [] })
  expect(judge([confirm, send('a'), send('b')]).unconfirmed).toEqual(['b'])
  expect(judge([{ ...confirm, refused: 'stalePage' }, send('a')]).unconfirmed).toEqual(['a'])
  // The key under a typed amount counts only where it led to the customer, not to the page that asks.
  const typed = { ...confirm, event: { ...confirm.event, page: 'amount#6' } }
  const opened = { ...typed, effects: [{ do: 'readCard' }] }
  expect(judge([opened, send('a')]).unconfirmed).toEqual([])
  expect(judge([opened, send('a'), send('b')]).unconfirmed).toEqual(['b'])
  expect(judge([typed, send('a')]).unconfirmed).toEqual(['a'])
})
