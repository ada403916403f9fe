/** Sends the message that the settlement is waiting for, one at a time and behind every debt. */
import { takeStan } from '../terminal/counters.ts'
import { type Decision, stay } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'
import { LINES_PER_UPLOAD, totalsField, uploadField } from './batch.ts'
import type { BatchMessage, Settlement } from './settlement.ts'

export function sendBatch(state: TerminalState): Decision {
  const { settlement } = state
  const free = state.reversal === null && state.advice === null && state.keysReady
  if (settlement === null || settlement.out !== '' || !free) return stay(state)
  const { stan, state: numbered } = takeStan(state)
  return stay({ ...numbered, settlement: { ...settlement, out: stan } }, [
    { do: 'stopTimer', timer: 'batch' },
    { do: 'sendBatch', message: messageOf(settlement, stan) },
  ])
}

function messageOf(settlement: Settlement, stan: string): BatchMessage {
  const { batch, lines, operator, uploaded, verdict } = settlement
  const common = { stan, batch, operator }
  switch (settlement.phase) {
    case 'totals':
      return { ...common, mti: '0500', management: '201', totals: totalsField(lines) }
    case 'upload': {
      const group = lines.slice(uploaded, uploaded + LINES_PER_UPLOAD)
      return { ...common, mti: '0320', management: '201', totals: uploadField(group) }
    }
    case 'end': {
      const balanced = verdict?.domestic === 'balanced' && verdict.foreign === 'balanced'
      const count = String(lines.length).padStart(4, '0')
      return { ...common, mti: '0320', management: balanced ? '207' : '202', totals: count }
    }
  }
}
