/** Where the shop wants it, a supervisor looks at each refund and void of a batch before it is closed (idea S3-16). Nothing is changed by it. */
import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { ruleOf } from '../transaction/kinds.ts'
import type { BatchLine } from './batch.ts'

type ReviewStep = Extract<Step, { kind: 'reviewRefunds' }>

export function asksForReview({ setup }: TerminalState, lines: readonly BatchLine[]): boolean {
  return setup.report?.reviewRefunds === true && backLines(lines).length > 0
}

/** A cashier cannot look in the place of a supervisor. */
export function askForReview(state: TerminalState, lines: readonly BatchLine[]): Decision {
  const { session } = state
  if (session === null || session.role === 'cashier')
    return say(state, message('review.askSupervisor'), { tone: 'refused' })
  const count = String(backLines(lines).length)
  return goTo(
    state,
    { kind: 'reviewRefunds', lines, seen: [] },
    { message: message('review.begin', { count }), tone: 'key' },
  )
}

export function isReviewed({ lines, seen }: ReviewStep): boolean {
  return backLines(lines).every(({ stan }) => seen.includes(stan))
}

/** One line ticked. The page stays, so that the next one stands where it stood. */
export function onReviewed(state: TerminalState, step: ReviewStep, item: string): Decision {
  const line = backLines(step.lines).find(({ stan }) => stan === item)
  if (line === undefined || step.seen.includes(item)) return refuse(state, 'optionNotOffered')
  const next: ReviewStep = { ...step, seen: [...step.seen, item] }
  const left = backLines(step.lines).length - next.seen.length
  const telling =
    left === 0 ? message('review.done') : message('review.left', { count: String(left) })
  return say({ ...state, step: next }, telling, { tone: left === 0 ? 'confirmed' : 'key' })
}

/** What stands below the list; the settlement is offered when every line was ticked. */
export function reviewOptions(
  step: ReviewStep,
): readonly { readonly id: string; readonly key: string }[] {
  return [...(isReviewed(step) ? [{ id: 'settle', key: '8' }] : []), { id: 'back', key: '0' }]
}

/** Oldest first. */
export function reviewItems(step: ReviewStep): readonly {
  readonly id: string
  readonly message: Message
  readonly options: readonly string[]
}[] {
  return backLines(step.lines).map(({ amountMinor, channel, kind, stan }) => ({
    id: stan,
    message: message(`review.${kind}${step.seen.includes(stan) ? '.seen' : ''}`, {
      amount: formatMinor(amountMinor),
      channel,
      trace: stan,
    }),
    options: step.seen.includes(stan) ? [] : ['reviewed'],
  }))
}

function backLines(lines: readonly BatchLine[]): readonly BatchLine[] {
  return lines.filter(({ kind }) => ruleOf(kind).direction === 'out')
}
