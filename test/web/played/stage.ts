/** A counter that is played as in the shop, and photographed on the way: what is pictured is what the core really offers there. */
import { pageName } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { projectView } from '#shell/api/project-view.ts'
import type { View } from '#shell/api/view.ts'
import { type Counter, counterFrom, SETUP, withPins } from '../../core/counter.ts'
import type { Fixture } from '../fixtures/parts.ts'

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const

/** As the demonstration has it, with every question that a shop may want asked. */
export const SHOP: Setup = {
  ...SETUP,
  merchantName: { 'zh-CN': '稳收示范店', en: 'SureTill Demo Shop' },
  hotline: '400-000-0000',
  operators: PEOPLE,
  codes: { mergeMs: 300, secondPhoneMs: 1000, unreadableTries: 3 },
  payee: { daily: false },
  incidents: { dueMs: 7 * 86_400_000 },
  host: {
    ...SETUP.host,
    partialApproval: true,
    codeQuery: {
      everyMs: 5000,
      tries: 3,
      cancelAfterMs: 15_000,
      cancelsBeforeHelp: 2,
      paying: ['09'],
      open: ['96'],
      notPaid: ['51', '22'],
    },
  },
}

/** The core's own step behind the picture. */
export type Played = Fixture & { readonly step: Step['kind'] }

export type Stage = Counter & {
  readonly choose: (option: string, item?: string) => void
  readonly sign: (operator: string, correct?: boolean) => void
  /** The last sale by its record page: void, refund, correct … */
  readonly about: (option: string) => void
  /** Takes a picture of what the screens show now. */
  readonly shot: (name: string, change?: Partial<View>) => void
  readonly shots: readonly Played[]
  /** The answer that the acquirer gives to the request that is out. */
  readonly allow: (change?: Record<string, string>, mti?: string) => void
  readonly printed: () => void
  readonly home: () => void
}

/** Open, the cashier signed in. */
export function openStage(
  change: Partial<Setup> = {},
  from: Partial<TerminalState> = {},
  shots: Played[] = [],
): Stage {
  const setup = { ...SHOP, ...change }
  const first = { ...initialState(), operators: withPins(setup.operators), ...from }
  const counter = counterFrom(first, setup)
  counter.open()
  const { press, reply, state, tell } = counter
  const choose = (option: string, item = ''): void => {
    tell({ type: 'optionChosen', page: pageName(state()), option, item })
  }
  return {
    ...counter,
    choose,
    shots,
    sign: (operator, correct = true) => {
      tell({ type: 'operatorChecked', page: pageName(state()), operator, correct })
    },
    about: (option) => {
      press('menu', '2')
      choose(option, state().recent.findLast(({ outcome }) => outcome === 'approved')?.id ?? '')
    },
    shot: (name, different = {}) => {
      const taken = pictured(name, state())
      shots.push({ ...taken, view: { ...taken.view, ...different } })
    },
    allow: (fields = {}, mti = '0210') => void reply({ '38': 'A12345', ...fields }, 'good', mti),
    printed: () => {
      for (let turns = 0; turns < 20; turns += 1) {
        const job = state().slips.find((one) => one.state === 'printing')?.slip.job
        if (job === undefined) return
        tell({ type: 'printEnded', job, outcome: { kind: 'printed', proof: 'processId' } })
        tell({ type: 'timerFired', timer: 'tear' })
      }
    },
    home: () => {
      for (let tries = 0; tries < 6 && state().step.kind !== 'amount'; tries += 1) press('cancel')
    },
  }
}

/** A state on its own, as the screens show it. */
export function pictured(name: string, state: TerminalState): Played {
  return {
    name,
    view: projectView(state, { revision: 1, now: state.at }),
    step: state.step.kind,
  }
}

/** One sale of so many yuan, paid, on its result page. */
export function paid(stage: Stage, yuan = 38): Stage {
  stage.ask(yuan)
  stage.presentCard()
  stage.allow()
  return stage
}

/** Several plays, one list of pictures. */
export function play(...acts: readonly ((shots: Played[]) => void)[]): readonly Played[] {
  const shots: Played[] = []
  for (const act of acts) act(shots)
  return shots
}
