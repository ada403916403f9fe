/** The hands at the counter: each key is a tap and takes time; pages that turn by themselves are waited for. */
import { pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { TillWish } from '#core/till/wish.ts'
import type { Tell } from '../simulation/world-parts.ts'
import { CASHIER, SUPERVISOR } from './variants.ts'
import type { World } from './world.ts'

export type Hands = {
  /** Presses on the page that is shown now; what is pressed when the power is off is lost. */
  readonly press: (...keys: readonly string[]) => void
  readonly choose: (option: string, item: string) => void
  /** The till sends an order, with what the journal holds under its references, as the shell would. */
  readonly sendFromTill: (wish: TillWish) => void
  /** Time goes by. */
  readonly pass: (ms: number) => void
  readonly allow: () => void
  /** Does what has nothing to do with anybody's order; false when the page asks about that. */
  readonly seesTo: (state: TerminalState) => boolean
  readonly taps: () => number
}

/** A practised hand on a key pad (keystroke-level model: 0.28 s for a skilled typist). */
export const TAP_MS = 300
/** Reading a page before answering it (keystroke-level model: mental preparation takes longer; this is a routine answer). */
export const GLANCE_MS = 600

/** From the till's key to the terminal's page. */
const TILL_MS = 200
const WAITING: ReadonlySet<Step['kind']> = new Set([
  'starting',
  'clearingDebt',
  'lookAtAmount',
  'pin',
  'authorizing',
  'completing',
  'querying',
  'reversing',
  'settling',
])
const KEYS: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.']
const COMMANDS: readonly Key[] = ['backspace', 'clear', 'confirm', 'cancel', 'menu']

export function createHands({ timeline, process, printer, disk }: World): Hands {
  let taps = 0
  const pass = (ms: number): void => {
    let over = false
    timeline.after(ms, () => {
      over = true
    })
    while (!over) timeline.step()
  }
  const say: Tell = (event) => process.voice()(event)

  const tap = (text: string): void => {
    taps += 1
    pass(TAP_MS)
    const state = process.state()
    const key = [...KEYS, ...COMMANDS].find((one) => one === text)
    if (state !== null && key !== undefined) say({ type: 'keyPressed', page: pageName(state), key })
  }
  const choose = (option: string, item: string): void => {
    taps += 1
    pass(GLANCE_MS + TAP_MS)
    const state = process.state()
    if (state !== null) say({ type: 'optionChosen', page: pageName(state), option, item })
  }
  const identify = (operator: string): void => {
    pass(4_000)
    const state = process.state()
    if (state !== null)
      say({ type: 'operatorChecked', page: pageName(state), operator, correct: true })
  }

  return {
    pass,
    choose,
    press: (...keys) => {
      for (const key of keys) tap(key)
    },
    sendFromTill: (wish) => {
      pass(TILL_MS)
      const under = (reference: string) =>
        [...disk.records.values()].filter((one) => one.tillReference === reference)
      const known = under(wish.reference)
      say({ type: 'tillOrdered', wish, known, originals: wish.of === '' ? [] : under(wish.of) })
    },
    allow: () => identify(SUPERVISOR),
    taps: () => taps,
    seesTo: (state) => {
      const { step } = state
      if (WAITING.has(step.kind)) return timeline.step()
      if (step.kind === 'setPin') {
        const { operator } = step
        say({ type: 'operatorPinChosen', page: pageName(state), operator, credential: 'salt:hash' })
        return true
      }
      if (step.kind === 'signIn') {
        identify(CASHIER)
        return true
      }
      const unsure = state.slips.find((job) => job.state === 'unsure')
      if (unsure === undefined || step.kind !== 'result' || step.record !== unsure.record)
        return false
      const job = unsure.slip.job
      const there = printer.paper.some((sheet) => sheet.slip.job === job && sheet.complete)
      choose(there ? 'paperComplete' : 'printMissing', job)
      return true
    },
  }
}
