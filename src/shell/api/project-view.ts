/** The state of the terminal as the two screens see it. Only facts that people may see; no rule is made here. */

import { openItems } from '#core/counter/open-items.ts'
import { powerTrouble } from '#core/guard/power.ts'
import { linkFaults } from '#core/link/link-faults.ts'
import { message } from '#core/message.ts'
import { stickerOf } from '#core/payee/sticker.ts'
import { mendStep } from '#core/receipt/mend-printer.ts'
import { owedSlips } from '#core/receipt/owed-slips.ts'
import { isPaperLow } from '#core/receipt/paper.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { kindOf } from '#core/transaction/attempt.ts'
import { ruleOf, type TransactionKind } from '#core/transaction/kinds.ts'
import { projectCounter } from './project-counter.ts'
import { projectCustomer } from './project-customer.ts'
import { slipTrouble } from './project-slips.ts'
import type { Direction, Message, View } from './view.ts'

/** `revision` counts changes; `now` is the clock by which the page draws its waits. */
export function projectView(
  state: TerminalState,
  at: { readonly revision: number; readonly now: number },
): View {
  return {
    revision: at.revision,
    page: pageName(state),
    now: at.now,
    drill: state.setup.drill,
    direction: directionOf(state.step),
    ...workOf(state.step),
    shopName: state.setup.merchantName,
    locale: state.locale,
    strip: {
      operator: state.session?.operator ?? '',
      link: state.link,
      paper: paperOf(state),
      openItems: openItems(state).length,
      faults: faultsOf(state),
    },
    support: {
      hotline: state.setup.hotline,
      merchantNumber: state.setup.merchantNumber,
      terminalNumber: state.setup.terminalNumber,
      trace: state.recent.at(-1)?.stan ?? '',
    },
    message: slipTrouble(state) ?? state.message ?? wayOut(state),
    counter: projectCounter(state),
    customer: projectCustomer(state),
    tone: state.tone,
  }
}

function directionOf(step: Step): Direction {
  switch (step.kind) {
    case 'starting':
    case 'setPin':
    case 'signIn':
    case 'menu':
    case 'totals':
    case 'approveBatch':
    case 'reviewRefunds':
    case 'approveDrill':
    case 'parameters':
    case 'settling':
    case 'whatWasWrong':
    case 'records':
    case 'searchRecords':
    case 'proveReprint':
    case 'badge':
    case 'openItems':
    case 'incident':
    case 'closeIncident':
    case 'judgeCode':
    case 'checkSticker':
      return 'none'
    case 'amount':
      return 'in'
    case 'findOriginal':
      return step.purpose === 'completion' ? 'in' : 'out'
    case 'enterAmount':
      // What should have been charged is only noted; what follows from it is asked on a page of its own.
      if (step.correcting === true) return 'none'
      return ruleOf(step.transaction).direction
    case 'approve':
    case 'confirmAmount':
    case 'handOver':
    case 'lookAtAmount':
    case 'rekeyAmount':
    case 'clearingDebt':
    case 'present':
    case 'confirmCode':
    case 'pin':
    case 'authorizing':
    case 'querying':
    case 'completing':
    case 'reversing':
    case 'result':
      return ruleOf(kindOfStep(step) ?? 'sale').direction
  }
}

/** What the page is about; null on pages about nothing that moves money. */
function kindOfStep(step: Step): TransactionKind | null {
  if (step.kind === 'findOriginal') return step.purpose
  if (step.kind === 'enterAmount') return step.transaction
  if ('attempt' in step) return kindOf(step.attempt.order)
  return 'order' in step ? kindOf(step.order) : null
}

function workOf(step: Step): { readonly work?: string } {
  const kind = kindOfStep(step)
  return kind === null || kind === 'sale' ? {} : { work: kind }
}

function paperOf(state: TerminalState): View['strip']['paper'] {
  const { printer } = state.devices
  if (printer.troubles.includes('paperOut')) return 'out'
  if (printer.troubles.length > 0) return 'unknown'
  return isPaperLow(state) ? 'nearEnd' : 'ok'
}

/** On the open list, while the printer owes slips: the next step to mend it. */
function wayOut(state: TerminalState): Message | null {
  return state.step.kind === 'openItems' && owedSlips(state).length > 0 ? mendStep(state) : null
}

/** Standing faults that the strip has no sign of its own for. */
function faultsOf(state: TerminalState): readonly Message[] {
  const ofDevices = Object.values(state.devices).flatMap((health) =>
    health.troubles.map((trouble) => message(trouble, { device: health.device })),
  )
  const sticker = stickerOf(state).wrongSince === 0 ? [] : [message('foreignSticker')]
  const dark = powerTrouble(state)
  const power = dark === null ? [] : [message(dark, { percent: String(state.power?.percent ?? 0) })]
  return [...ofDevices, ...power, ...linkFaults(state).map((fault) => message(fault)), ...sticker]
}
