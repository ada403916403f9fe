/** When a terminal may be taken away from its shop for an update: never while money is on its way, never while the shop is open. */
import { hostDateTime } from '../calendar.ts'
import { isOpen } from '../receipt/slip-job.ts'
import type { Step, TerminalState } from '../terminal/state.ts'

/** Local times of the day, `hh:mm`; a window may pass midnight. */
export type UpdateWindow = { readonly from: string; readonly to: string }

export const UPDATE_OBJECTIONS = [
  /** A payment, refund or settlement is being made, or its outcome is not known. */
  'attemptOpen',
  /** Somebody is keying an order. */
  'orderOpen',
  /** Somebody is reading or choosing at the counter. */
  'counterInUse',
  'reversalOwed',
  'refundInDoubt',
  /** Payments that are not settled, or a settlement that is not finished. */
  'batchOpen',
  'slipsOwed',
  'signatureOwed',
  'businessHours',
] as const

export type UpdateObjection = (typeof UPDATE_OBJECTIONS)[number]

type Kind = Step['kind']

/** The counter waits for somebody to begin. */
const FREE: readonly Kind[] = ['starting', 'setPin', 'signIn', 'amount']
const WITH_THE_HOST: readonly Kind[] = ['approveBatch', 'settling']
const LOOKED_AT: readonly Kind[] = [
  'result',
  'menu',
  'totals',
  'records',
  'searchRecords',
  'proveReprint',
  'badge',
  'openItems',
  'checkSticker',
  'approveDrill',
  'parameters',
]

/** All that stands against an update now; empty: it may begin. `wallMs` is the box's own time, the window China's. */
export function updateObjections(
  state: TerminalState,
  { wallMs, window }: { readonly wallMs: number; readonly window: UpdateWindow },
): readonly UpdateObjection[] {
  const found: readonly (UpdateObjection | null)[] = [
    objectionOfStep(state.step),
    state.reversal === null ? null : 'reversalOwed',
    state.advice === null ? null : 'refundInDoubt',
    state.settlement === null && state.inBatch === 0 ? null : 'batchOpen',
    state.slips.some(isOpen) ? 'slipsOwed' : null,
    state.signing === undefined ? null : 'signatureOwed',
    isWithin(window, wallMs) ? null : 'businessHours',
  ]
  return found.filter((one) => one !== null)
}

/** Of a terminal that does not run: nobody stands at its counter, and what was keyed is gone; what is owed stays owed. */
export function objectionsAtRest(
  state: TerminalState,
  when: { readonly wallMs: number; readonly window: UpdateWindow },
): readonly UpdateObjection[] {
  return updateObjections(state, when).filter(
    (one) => one !== 'orderOpen' && one !== 'counterInUse',
  )
}

/** A step that is not named above is somebody's order. */
function objectionOfStep(step: Step): UpdateObjection | null {
  const { kind } = step
  if ('attempt' in step || WITH_THE_HOST.includes(kind)) return 'attemptOpen'
  if (kind === 'amount' && step.typed !== '') return 'orderOpen'
  if (FREE.includes(kind)) return null
  return LOOKED_AT.includes(kind) ? 'counterInUse' : 'orderOpen'
}

/** `from` belongs to it, `to` does not; equal ones mean the whole day. */
function isWithin({ from, to }: UpdateWindow, wallMs: number): boolean {
  const now = hostDateTime(wallMs, '', '').slice(11, 16)
  return from < to ? from <= now && now < to : now >= from || now < to
}
