/** What a cashier does when a sale does not go as usual: reads the page, looks at the paper, answers, and is ready for the next customer. */
import type { CounterPage } from '#shell/api/view.ts'
import { identify, lookAnew, press } from '../../test/rig/scenario/at-counter.ts'
import { choose } from '../../test/rig/scenario/offers.ts'
import { PEOPLE, type Stage, sightOf } from '../../test/rig/scenario/stage.ts'
import type { Play } from '../../test/rig/scenario/wait-for.ts'

/** A page that says the same after so many answers is not one for a cashier. */
const ANSWERS_MOST = 60
/** An answer shows well within this, also on a busy machine. */
const ANSWER_SHOWS_MS = 60_000

/** Null while the sale goes its way; else what nobody but a cashier can end. */
export function questionFor({ screen }: Stage): string | null {
  const view = screen.views.at(-1)
  if (view === undefined || !screen.live()) return null
  const { counter, strip } = view
  if (counter.kind === 'signIn' || counter.kind === 'handOver') return counter.kind
  if (counter.kind !== 'result') return null
  if (counter.slips.some(({ state }) => state === 'unsure')) return 'is the slip on paper?'
  const isWell = strip.faults.length === 0
  return isWell && counter.slips.some(({ state }) => state === 'owed') ? 'print the slip?' : null
}

/**
 * From wherever the sale stands to a counter at which nothing is open and every device is well. Resolves with what was seen and done, in
 * order. Rejects in words when that does not lead there.
 */
export async function comeHome(play: Play): Promise<readonly string[]> {
  const { stage } = play
  const told: string[] = []
  for (let answers = 0; answers < ANSWERS_MOST; answers += 1) {
    const before = stage.screen.views.at(-1)
    if (before === undefined) throw new Error('the screen never showed anything')
    if (isHome(stage)) return told
    lookAnew(play)
    const done = answer(stage)
    if (done !== null) told.push(`${sightOf(before)}: ${done}`)
    await stage.until(
      () => (isHome(stage) || stage.screen.views.at(-1) !== before ? null : 'nothing changed'),
      ANSWER_SHOWS_MS,
    )
  }
  throw new Error(`the counter does not come home: ${told.slice(-5).join('; ')}`)
}

function isHome({ screen }: Stage): boolean {
  const view = screen.views.at(-1)
  if (view === undefined || !screen.live() || view.counter.kind !== 'amount') return false
  const { faults, link, openItems } = view.strip
  return view.counter.typed === '' && openItems === 0 && faults.length === 0 && link === 'up'
}

/** Does one thing about the page that is shown, and says what; null where there is nothing to do but wait. */
function answer(stage: Stage): string | null {
  const { hands, rig, screen } = stage
  const view = screen.views.at(-1)
  if (view === undefined || !screen.live()) return null
  const pressed = (key: 'cancel' | 'clear' | 'menu'): string => {
    press(stage, [key])
    return key
  }
  const chosen = (option: string): string => {
    choose(stage, option)
    return option
  }
  const { counter, strip } = view
  switch (counter.kind) {
    case 'signIn':
    case 'handOver':
      identify(stage, PEOPLE[0].number)
      return 'signed in'
    case 'amount':
      if (counter.typed !== '') return pressed('clear')
      return strip.openItems > 0 && strip.faults.length === 0 ? pressed('menu') : null
    case 'menu':
      if (strip.openItems > 0 && counter.about === undefined) return chosen('openItems')
      return pressed('cancel')
    case 'openItems':
      return chosen(seenTo(stage, counter))
    case 'pin':
      if (rig.pinPad.state().entering) hands.pressKey('cancel')
      return 'the customer cancels at the pad'
    case 'starting':
    case 'outOfService':
    case 'working':
    case 'lookAtAmount':
    case 'setPin':
      return null
    case 'approve':
    case 'checkSticker':
    case 'confirmAmount':
    case 'confirmCode':
    case 'findOriginal':
    case 'parameters':
    case 'present':
    case 'records':
    case 'rekeyAmount':
    case 'result':
    case 'totals':
    case 'whatWasWrong':
      hands.removeCard()
      return pressed('cancel')
  }
}

/** What can be done about an open item by who stands at the counter, the word about a paper first. */
const SEEN_TO = ['printAll', 'newRoll', 'alarmSeen', 'settle', 'retryReversal', 'query']

function seenTo(stage: Stage, page: Extract<CounterPage, { kind: 'openItems' }>): string {
  const offered = new Set([...page.items, page].flatMap(({ options }) => options.map((o) => o.id)))
  if (offered.has('paperComplete')) return wordAboutPaper(stage)
  return SEEN_TO.find((option) => offered.has(option)) ?? 'back'
}

/** The paper that came last is whole when it was cut. */
function wordAboutPaper({ rig }: Stage): 'paperComplete' | 'printMissing' {
  return rig.printer.papers().at(-1)?.cut === true ? 'paperComplete' : 'printMissing'
}
