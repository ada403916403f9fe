/**
 * The power is cut in the middle of sales: QEMU is killed, and what the guest had not handed to its disk is gone. The disk is then looked
 * at as the next start will find it, the terminal is started again, and host and journal must agree.
 */

import type { Acquirer } from '../../test/rig/acquirer/acquirer.ts'
import { moneyRequests, yuan } from '../../test/rig/scenario/compare.ts'
import { moneyOf } from '../../test/rig/scenario/kept-journal.ts'
import { lookAtDisk } from './data-disk.ts'
import type { Shop } from './shop.ts'
import type { Suite } from './suite.ts'

type Cut = {
  readonly name: string
  readonly title: string
  /** What the acquirer does with the next message of this type. */
  readonly fault?: Parameters<Acquirer['setFault']>[0]
  /** When it is cut. */
  readonly when: (shop: Shop) => Promise<void>
}

const DROPPED = { kind: 'dropReply', mti: '0200' } as const

const CUTS: readonly Cut[] = [
  {
    name: 'cut-answer-lost',
    title: 'when the request has reached the host and its answer was lost',
    fault: DROPPED,
    when: requested,
  },
  {
    name: 'cut-answer-lost-later',
    title: 'half a second after a request whose answer was lost',
    fault: DROPPED,
    when: later(500),
  },
  {
    name: 'cut-request-lost',
    title: 'when the host has never taken the request',
    fault: { kind: 'dropRequest', mti: '0200' },
    when: requested,
  },
  {
    name: 'cut-half-answer',
    title: 'after half an answer',
    fault: { kind: 'halfFrame', mti: '0200' },
    when: later(200),
  },
  {
    name: 'cut-answer-under-way',
    title: 'while the answer is under way',
    fault: { kind: 'delayReply', ms: 400, mti: '0200' },
    when: later(300),
  },
  {
    name: 'cut-answer-arriving',
    title: 'in the moment in which the answer arrives',
    fault: { kind: 'delayReply', ms: 100, mti: '0200' },
    when: later(130),
  },
  { name: 'cut-tapped', title: 'right after the card was tapped', when: () => pause(60) },
  { name: 'cut-tapped-later', title: 'a little later', when: () => pause(700) },
  { name: 'cut-approved', title: 'when the screen has just said approved', when: approved },
  { name: 'cut-printing', title: 'while the slip is printed', when: printing },
]

/** The shop was opened before; its power is on before and after. */
export async function playPowerCuts(shop: Shop, suite: Suite, dataDisk: string): Promise<void> {
  for (const cut of CUTS)
    await suite.case(
      cut.name,
      `power cut ${cut.title}: the reversal goes first, host and journal agree`,
      () => play(shop, cut, dataDisk),
    )
  await suite.case(
    'journal-verify',
    '`suretill journal verify` finds the journal whole after all of it',
    async () => {
      await shop.stage.terminal
        .guest()
        .must('suretill journal verify --data /var/lib/suretill/data')
      return {}
    },
  )
}

async function play(
  shop: Shop,
  cut: Cut,
  dataDisk: string,
): Promise<Readonly<Record<string, number>>> {
  const { stage } = shop
  // A case that failed has cut the power, so that the next one begins as all do.
  if (stage.terminal.state().power === 'off') {
    await shop.powerOn()
    await shop.signIn()
  }
  try {
    return await cutAndStart(shop, cut, dataDisk)
  } catch (error) {
    await stage.powerCut()
    throw error
  }
}

async function cutAndStart(
  shop: Shop,
  cut: Cut,
  dataDisk: string,
): Promise<Readonly<Record<string, number>>> {
  const { stage } = shop
  const { acquirer } = stage.rig
  await shop.step({ verb: 'ask', with: '5' })
  const earlier = stansOf(acquirer, '0200').length
  if (cut.fault !== undefined) acquirer.setFault(cut.fault)
  await shop.step({ verb: 'tap', with: 'debit' })
  await cut.when(shop)
  await stage.powerCut()
  acquirer.clearFaults()
  const kept = lookAtDisk(dataDisk)
  if (kept.chain !== null) throw new Error(`the journal is not whole: ${kept.chain}`)
  const before = moneyRequests(acquirer.state()).length
  const held = acquirer.held()
  const money = moneyOf(kept.journal)
  if (!kept.journal.owes && held !== money)
    throw new Error(
      `nothing is owed, and yet the host holds ${yuan(held)} and the journal ${yuan(money)}`,
    )
  const began = performance.now()
  await shop.powerOn()
  const ready = Math.round(performance.now() - began)
  await shop.signIn()
  const sent = moneyRequests(acquirer.state()).slice(before)
  const [first] = sent
  if (kept.journal.owes && first !== '0400')
    throw new Error(`a reversal is owed, and the first message was ${first ?? 'none'}`)
  if (!kept.journal.owes && first !== undefined)
    throw new Error(`nothing is owed, and yet ${first} was sent`)
  const [asked] = stansOf(acquirer, '0200').slice(earlier)
  const reversed = stansOf(acquirer, '0400').at(-1)
  if (first === '0400' && asked !== undefined && reversed !== asked)
    throw new Error(`STAN ${asked} was sent, and ${reversed ?? 'none'} reversed`)
  const apart = await stage.until(
    () =>
      acquirer.held() === money
        ? null
        : `the host holds ${yuan(acquirer.held())} and the journal ${yuan(money)}`,
    SETTLED_WITHIN_MS,
  )
  if (apart !== null) throw new Error(apart)
  // A sale that had not left stands on its page again; its customer has gone.
  if (stage.screen.views.at(-1)?.counter.kind === 'confirmAmount') await shop.home()
  return { 'selling again after': ready }
}

/** DE 11 of all messages of a type that came, in order. */
function stansOf(acquirer: Acquirer, mti: string): readonly (string | undefined)[] {
  return acquirer
    .state()
    .messages.filter((message) => message.direction === 'in' && message.mti === mti)
    .map(({ fields }) => fields['11'])
}

/** The host has the request, or it stands in its log as lost. */
async function requested({ stage }: Shop): Promise<void> {
  const before = moneyRequests(stage.rig.acquirer.state()).length
  const late = await stage.until(
    () => (moneyRequests(stage.rig.acquirer.state()).length > before ? null : 'no request came'),
    REQUEST_WITHIN_MS,
  )
  if (late !== null) throw new Error(late)
}

function later(ms: number): Cut['when'] {
  return async (shop) => {
    await requested(shop)
    await pause(ms)
  }
}

async function approved(shop: Shop): Promise<void> {
  await shop.see({ screen: { page: 'result', outcome: 'approved' } })
}

async function printing(shop: Shop): Promise<void> {
  const { printer } = shop.stage.rig
  const before = printer.bytesTaken()
  const late = await shop.stage.until(
    () => (printer.bytesTaken() - before > BYTES_OF_A_SLIP_BEGUN ? null : 'nothing is printed'),
    REQUEST_WITHIN_MS,
  )
  if (late !== null) throw new Error(late)
}

/** The only waits that are no event: a cut in the middle of something has no other name than a time. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

const REQUEST_WITHIN_MS = 60_000
const SETTLED_WITHIN_MS = 60_000
/** Status questions are a few bytes; a slip is thousands. */
const BYTES_OF_A_SLIP_BEGUN = 600
