import { expect, test } from 'vitest'
import { WRONG_TRIES_LIMIT } from '#core/operator/account.ts'
import { counterFrom } from '../counter.ts'

test('five wrong PINs at the technician’s command lock the account, and the right one does not open it', () => {
  const counter = counterFrom()
  counter.open()
  for (let tries = 0; tries < WRONG_TRIES_LIMIT; tries++)
    counter.tell({ type: 'technicianChecked', operator: '01', correct: false })
  const locked = counter.state().operators[0]?.lockedUntil ?? 0
  expect(locked).toBeGreaterThan(counter.state().at)
  counter.tell({ type: 'technicianChecked', operator: '01', correct: true })
  expect(counter.state().operators[0]?.lockedUntil).toBe(locked)
})

test('what a technician did to the terminal changes nothing that it owes, shows or sends', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  const { at: _before, ...before } = counter.state()
  const effects = [
    counter.tell({ type: 'technicianChecked', operator: '99', correct: false }),
    counter.tell({
      type: 'serviced',
      what: 'parametersApplied',
      by: ['99'],
      facts: [{ name: 'acquirer.replyTimeoutMs', before: '30000', after: '20000' }],
    }),
  ]
  const { at: _after, ...after } = counter.state()
  expect(effects).toEqual([[], []])
  expect(after).toEqual({ ...before, tone: null })
})
