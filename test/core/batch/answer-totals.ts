/** A host that agrees to the totals that are out, whatever they are, and to the end message behind them. */
import { countedLines, totalsField } from '#core/batch/batch.ts'
import { type Counter, SETUP } from '../counter.ts'

export function answerTotals(counter: Counter): void {
  const { lines = [], out = '' } = counter.state().settlement ?? {}
  const own = totalsField(countedLines(lines, undefined))
  answer(counter, '0510', { '11': out, '48': `${own.slice(0, 30)}1${own.slice(31, 61)}1` })
  answer(counter, '0330', { '11': counter.state().settlement?.out ?? '', '39': '00' })
}

function answer(counter: Counter, mti: string, fields: Record<string, string>): void {
  counter.tell({
    type: 'batchReplied',
    stan: fields['11'] ?? '',
    reply: { mti, mac: 'absent', fields: { ...fields, '41': SETUP.terminalNumber } },
  })
}
