/** What follows when a timer fires. */
import { sendAdvice } from '../advice/queue.ts'
import { sendBatch } from '../batch/queue.ts'
import { onQueryTimer } from '../code-query/decide.ts'
import { onIdle } from '../counter/idle.ts'
import { onLinkTimer } from '../link/decide.ts'
import { onLookedAt } from '../order/confirm-amount.ts'
import { onCodesTimer } from '../order/decide-code.ts'
import { stopPresenting } from '../order/decide-present.ts'
import { releaseTorn, waitsForTear } from '../receipt/decide.ts'
import { onRemind } from '../receipt/reminder.ts'
import { sendOwed } from '../reversal/decide.ts'
import { signOnPaper } from '../signature/decide.ts'
import { onUploadTimer } from '../signature/upload-ended.ts'
import { type Decision, refuse } from './decision.ts'
import type { TerminalEvent } from './event.ts'
import type { TerminalState } from './state.ts'

/** Time that was asked for is over. */
export function onTimer(
  state: TerminalState,
  timer: Extract<TerminalEvent, { type: 'timerFired' }>['timer'],
): Decision {
  switch (timer) {
    case 'look':
      return onLookedAt(state)
    case 'idle':
      return onIdle(state)
    case 'codes':
      return onCodesTimer(state)
    case 'present':
      return stopPresenting(state, 'present.timedOut')
    case 'remind':
      return onRemind(state)
    case 'tear':
      return waitsForTear(state) ? releaseTorn(state) : refuse(state, 'timerNotRunning')
    case 'signature':
      return signOnPaper(state)
    case 'reversal':
      return state.reversal === null ? refuse(state, 'nothingOwed') : sendOwed(state)
    case 'query':
      return onQueryTimer(state)
    case 'advice':
      return state.advice === null ? refuse(state, 'nothingOwed') : sendAdvice(state)
    case 'signatureUpload':
      return onUploadTimer(state)
    case 'batch':
      return state.settlement === null ? refuse(state, 'timerNotRunning') : sendBatch(state)
    case 'link':
      return onLinkTimer(state)
  }
}
