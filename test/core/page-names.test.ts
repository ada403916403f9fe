import { expect, test } from 'vitest'
import { pageName } from '#core/terminal/decision.ts'
import { type Counter, counterFrom } from './counter.ts'

test('power lost while amounts are confirmed: a tap meant for one of those pages confirms no other amount after the restart', () => {
  const counter = counterFrom()
  counter.open()
  const onDisk = counter.state()
  const before = pagesOfConfirming(counter)

  const woken = counterFrom(onDisk)
  woken.restart()
  const page = pageName(woken.state())
  woken.tell({ type: 'operatorChecked', page, operator: '01', correct: true })
  woken.tell({ type: 'signedOn', batch: '000001' })
  expect(pagesOfConfirming(woken).intersection(before)).toEqual(new Set())
})

/** The names of the pages on which a cashier confirms one amount after the other, and goes back each time. */
function pagesOfConfirming(counter: Counter): Set<string> {
  const names = new Set<string>()
  for (let turned = 0; turned < 20; turned++) {
    counter.press('9', 'confirm')
    names.add(pageName(counter.state()))
    counter.press('cancel', ...(turned % 2 === 0 ? (['menu', 'cancel'] as const) : []), 'clear')
  }
  return names
}
