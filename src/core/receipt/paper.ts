/**
 * How much paper is left, by the printer's own sensor and by the lines printed since the roll was new, against what the slips of the next sale
 * need. It is said before the customer presents, and it never holds a sale up: a slip that finds no paper is owed.
 */
import { message } from '../message.ts'
import { type Decision, refuse, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { Paper } from './paper-count.ts'

/** Before anything was printed: a slip of a chip card on narrow paper has about so many lines. */
const USUAL_SLIP_LINES = 60

const NEW_PAPER: Paper = { sinceNewRoll: 0, longestSlip: 0, odometer: 0 }

/** The sensor says so, or what is left of the roll is less than the slips of one sale. False without sensor and roll length. */
export function isPaperLow(state: TerminalState): boolean {
  const { troubles, paperNearEnd } = state.devices.printer
  if (paperNearEnd === true) return true
  const { copies, rollLines = Number.POSITIVE_INFINITY } = state.setup.slips
  if (troubles.includes('paperOut')) return false
  const { sinceNewRoll, longestSlip } = state.paper ?? NEW_PAPER
  const need = copies.length * Math.max(longestSlip, USUAL_SLIP_LINES)
  return rollLines - sinceNewRoll < need
}

/** A slip that was interrupted has used paper too, up to all of it: the estimate errs towards warning early. */
export function countPaper(
  state: TerminalState,
  { lines = 0, outcome }: Extract<TerminalEvent, { type: 'printEnded' }>,
): TerminalState {
  if (lines === 0 || outcome.kind === 'notStarted') return state
  const paper = state.paper ?? NEW_PAPER
  return {
    ...state,
    paper: {
      sinceNewRoll: paper.sinceNewRoll + lines,
      longestSlip: Math.max(paper.longestSlip, lines),
      odometer: paper.odometer + lines,
    },
  }
}

/** Paper that had run out and is back is a new roll: nobody need say so. */
export function watchPaper(before: TerminalState, decision: Decision): Decision {
  const hasCome = paperCame(before, decision.state)
  const asks = decision.state.step.kind === 'confirmAmount' && before.step.kind !== 'confirmAmount'
  if (!hasCome && !asks) return decision
  const state = hasCome ? onNewRoll(decision.state) : decision.state
  if (asks && state.message === null && isPaperLow(state))
    return { ...decision, state: { ...state, message: message('paper.low') } }
  return { ...decision, state }
}

function paperCame(before: TerminalState, after: TerminalState): boolean {
  const { troubles } = after.devices.printer
  return isOut(before) && !isOut(after) && !troubles.includes('gone')
}

function isOut({ devices }: TerminalState): boolean {
  return devices.printer.troubles.includes('paperOut')
}

function onNewRoll(state: TerminalState): TerminalState {
  const { odometer } = state.paper ?? NEW_PAPER
  return { ...state, paper: { ...NEW_PAPER, odometer } }
}

/** The cashier has changed the roll in time. A sensor that still says otherwise goes on being believed. */
export function sayNewRoll(state: TerminalState): Decision {
  if (!isPaperLow(state)) return refuse(state, 'optionNotOffered')
  return stay({ ...onNewRoll(state), message: message('paper.newRoll'), tone: 'confirmed' })
}
