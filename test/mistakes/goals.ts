/** What ours must reach, and which of it a guard of the terminal keeps. */
import { CLASSES } from './injector.ts'
import { mean, type Tally } from './tally.ts'
import type { Variant } from './variants.ts'
import { WORDS } from './words.ts'

export type Row = { readonly variant: Variant; readonly tally: Tally }

const TARGETS = { honestTaps: 0.05, falseAlarms: 0.02, fewer: 5, ordersPerSilent: 1_000 }

export type Goal = {
  readonly goal: string
  readonly is: string
  readonly met: boolean
  /** A guard of the terminal keeps it; when it is missed the guard is broken. The others are measured and told. */
  readonly keptByGuard: boolean
}

/** Slips of the finger that make an amount of another size: what a history of amounts is for. */
const OTHER_SIZE = ['extraZero', 'doubleKey', 'pointLost', 'oldAmount'] as const

/** What never depends on anybody's attention: lock, journal, classes of codes, same card. */
const NEVER = ['leavesOrCut', 'wrongCode', 'refundOtherCard', 'repeatAfterTimeout'] as const

/** Of ours (B3), against the plain yes or no (B1); what must be zero, on every one of ours. */
export function goals(rows: readonly Row[]): readonly Goal[] {
  const ours = rows.find(({ variant }) => variant.name === 'B3')?.tally
  const plain = rows.find(({ variant }) => variant.name === 'B1')?.tally
  if (ours === undefined || plain === undefined) return []
  const silent = CLASSES.reduce((sum, name) => sum + ours.classes[name].silent, 0)
  const taps = mean(ours.extraTaps)
  const alarms = ours.falseAlarms / Math.max(1, ours.honestSales)
  const all = rows.filter(({ variant }) => variant.guarded).map(({ tally }) => tally)
  const zero = (goal: string, of: (tally: Tally) => number): Goal =>
    zeroOf(
      goal,
      all.reduce((sum, tally) => sum + of(tally), 0),
    )
  return [
    {
      ...zeroOf(
        'no silent wrong payment where the shop keys its total and the acquirer names the payer',
        silent,
      ),
      is: `${whole(silent)}, of them ${whole(ours.cancelled)} on days whose mistakes cancel each other to the fen`,
      keptByGuard: false,
    },
    {
      ...zeroOf(
        "no silent wrong payment where the register's list stands beside the payments and the acquirer names the payer",
        ours.silentBesideBook,
      ),
      keptByGuard: false,
    },
    {
      goal: `at most one silent wrong payment in ${whole(TARGETS.ordersPerSilent)} orders`,
      is: `${whole(silent)} in ${whole(ours.orders)}`,
      met: silent * TARGETS.ordersPerSilent <= ours.orders,
      keptByGuard: true,
    },
    zero('no double charge', (tally) => tally.doubleCharges),
    zero('no wrong payee', (tally) => tally.wrongPayees),
    zero('no refund over what was left', (tally) => tally.refundsOverRemaining),
    zero('no slip lost', (tally) => tally.slipsLost),
    zero('nothing wrong without a mistake', (tally) => tally.wrongWithoutMistake),
    ...NEVER.map((name) =>
      zero(`never at the acquirer: ${WORDS[name][0]}`, ({ classes }) => classes[name].escaped),
    ),
    {
      goal: `at most ${TARGETS.honestTaps} taps beyond digits and one confirm`,
      is: taps.toFixed(3),
      met: taps <= TARGETS.honestTaps,
      keptByGuard: true,
    },
    {
      goal: `at most ${TARGETS.falseAlarms * 100} % false alarms`,
      is: `${(alarms * 100).toFixed(2)} %`,
      met: alarms <= TARGETS.falseAlarms,
      keptByGuard: true,
    },
    {
      ...fewerGoal('amounts of another size', sizes(plain), sizes(ours)),
      keptByGuard: true,
    },
    ...CLASSES.filter((name) => plain.classes[name].visibleEscaped > 0).map((name) =>
      fewerGoal(
        `${WORDS[name][0]}, where a terminal could see it`,
        plain.classes[name].visibleEscaped,
        ours.classes[name].visibleEscaped,
      ),
    ),
  ]
}

function zeroOf(goal: string, count: number): Goal {
  return { goal, is: whole(count), met: count === 0, keptByGuard: true }
}

function sizes({ classes }: Tally): number {
  return OTHER_SIZE.reduce((sum, name) => sum + classes[name].escaped, 0)
}

function fewerGoal(what: string, plain: number, ours: number): Goal {
  return {
    goal: `${TARGETS.fewer} times fewer escapes than B1: ${what}`,
    is: ours === 0 ? `${plain} : 0` : `${plain} : ${ours} = ${(plain / ours).toFixed(1)}`,
    met: ours * TARGETS.fewer <= plain,
    keptByGuard: false,
  }
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
