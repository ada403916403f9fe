/** Sends the message that the settlement is waiting for, one at a time and behind every debt. */

import { upkeepOf } from '../link/upkeep.ts'
import { sendUpload } from '../signature/upload-queue.ts'
import { takeStan } from '../terminal/counters.ts'
import { andThen, type Decision, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalState } from '../terminal/state.ts'
import { countedLines, LINES_PER_UPLOAD, totalsField, uploadField } from './batch.ts'
import type { BatchMessage, Settlement } from './settlement.ts'

/** Phases that are messages of the batch itself. */
type BatchPhase = Exclude<Settlement['phase'], 'signatures'>

export function sendBatch(state: TerminalState): Decision {
  const { settlement } = state
  const free = state.reversal === null && state.advice === null && state.keysReady
  if (settlement === null || settlement.out !== '' || !free) return stay(state)
  if (settlement.phase === 'signatures') return sendSignatures(state, settlement)
  const { phase } = settlement
  const lines = countedLines(settlement.lines, state.setup.host.settlement)
  const { stan, state: numbered } = takeStan(state)
  return stay({ ...numbered, settlement: { ...settlement, out: stan } }, [
    { do: 'stopTimer', timer: 'batch' },
    { do: 'sendBatch', message: messageOf({ ...settlement, lines, phase }, stan) },
  ])
}

/** The next signature, or, when none is left that may leave now, the totals. */
function sendSignatures(state: TerminalState, settlement: Settlement): Decision {
  const { running } = upkeepOf(state)
  if (running === 'signature') return stay(state)
  // Something that had left before the settlement began: its end is not ours to wait for by name.
  if (running !== null) return stay(state, [retryBatch(state)])
  return (
    sendUpload(state) ?? sendBatch({ ...state, settlement: { ...settlement, phase: 'totals' } })
  )
}

/** After a signature was answered, or was not: the settlement that waited for it goes on. */
export function settleOn(decision: Decision): Decision {
  const waits = decision.state.settlement?.phase === 'signatures'
  return waits && decision.refused === null ? andThen(decision, sendBatch) : decision
}

export function retryBatch({ setup }: TerminalState): Effect {
  return { do: 'startTimer', timer: 'batch', ms: setup.host.reversalRetryMs }
}

function messageOf(settlement: Settlement & { phase: BatchPhase }, stan: string): BatchMessage {
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
