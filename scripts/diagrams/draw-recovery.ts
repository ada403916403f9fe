/** The tables of recovery as text: what a start may find, what it says and what it then owes, in the order in which that leaves. */
import { RECOVERY } from '#core/terminal/recover.ts'
import type { Debt, Moment } from '#core/terminal/recovery/row.ts'
import { SLIP_ROWS } from '#core/terminal/recovery/slip-rows.ts'

const MOMENTS: Readonly<Record<Moment, string>> = {
  start: 'at once',
  keys: 'at once, or behind the sign-on when there is no MAC key',
  reversalOver: 'when the reversal is over',
  signedOn: 'behind the sign-on and the debts above',
  printerWell: 'when the printer is well',
  person: 'when a person says that the paper is not there',
}

export function drawRecovery(): string {
  const lines = [...RECOVERY, SLIP_ROWS].flatMap(({ item, rows }) =>
    rows.map(({ name, owes }) => `| ${item} | ${name} | ${owed(owes)} |`),
  )
  return [
    '# What a start finds, and what it owes',
    '',
    'Made by `node scripts/diagrams.ts` from `src/core/terminal/recovery/`. Whatever lies on disk is exactly one row of each item',
    '(`test/core/recovery/`); debts leave in the order of the items.',
    '',
    '| item | found on disk | still owed |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n')
}

function owed(debts: readonly Debt[]): string {
  if (debts.length === 0) return 'nothing'
  return debts.map(({ effect, after }) => `\`${effect}\` ${MOMENTS[after]}`).join('; ')
}
