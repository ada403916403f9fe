/** A code payment whose answer was unheard when the power went, and the acquirer's word about it. */
import { type MinorUnits, toDe4 } from '#core/money.ts'
import { type Counter, SETUP } from './counter.ts'
import { sign } from './two-people.ts'

/** The power came back, somebody has signed in, and the question is out. */
export function backFromTheCut(counter: Counter): void {
  counter.restart()
  for (const device of ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const)
    counter.tell({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
  counter.tell({ type: 'signedOn', batch: '000001' })
  sign(counter, '01')
}

/** DE 39 of the answer to the question; `amountMinor` was asked for. */
export function questionAnswered(counter: Counter, code: string, amountMinor: MinorUnits): void {
  const stan = counter.state().reversal?.query?.out ?? ''
  const fields = {
    '4': toDe4(amountMinor),
    '11': stan,
    '37': '112112000077',
    '39': code,
    '41': SETUP.terminalNumber,
    '42': SETUP.merchantNumber,
  }
  counter.tell({ type: 'queryReplied', stan, reply: { mti: '0210', mac: 'good', fields } })
}
