/** A sale and its void in the drill mode, at the counter of a new terminal: keys and choices come from here, the card from a person. */
import type { Clock } from '#core/ports/clock.ts'
import type { ScreensApi } from '../api/screens-api.ts'
import { type CounterPage, DIGIT_KEYS, type Key, type View } from '../api/view.ts'

type Who = { readonly number: string; readonly pin: string }

export type RoundParts = {
  readonly api: ScreensApi
  readonly clock: Clock
  /** Signs in and sells. */
  readonly first: Who
  /** Allows the void; another supervisor or administrator. */
  readonly second: Who
  /** The customer's turn: a test card or code is to be presented, for the sale and again for the void. */
  readonly onPresent: (what: 'sale' | 'void') => void
  /** For a page to come, where no person is waited for. */
  readonly patienceMs: number
}

export type RoundOutcome =
  | { readonly ok: true; readonly sale: string; readonly voided: string }
  /** The page on which it did not go on. */
  | { readonly ok: false; readonly at: string }

/** Leaves the drill again, whatever came of it. Moves no money: the drill has a host of its own that opens no socket. */
export async function drillRound(parts: RoundParts): Promise<RoundOutcome> {
  const { api, first } = parts
  const signIn = (who: Who): void =>
    api.act({ type: 'signIn', page: api.view().page, operator: who.number, pin: who.pin })
  try {
    await until(parts, ({ counter }) => counter.kind === 'signIn')
    signIn(first)
    await until(
      parts,
      ({ counter }) => counter.kind === 'amount' || counter.kind === 'checkSticker',
    )
    await choose(parts, 'drill')
    await until(parts, ({ counter, drill }) => drill && counter.kind === 'signIn')
    signIn(first)
    await until(parts, ({ strip }) => strip.link === 'up')
    const sale = await toResult(parts, 'sale', (page) =>
      page === 'amount' ? ['1', 'confirm'] : null,
    )
    await home(parts)
    await choose(parts, 'void')
    const voided = await toResult(parts, 'void', (page) =>
      page === 'findOriginal' ? [...digitsOf(sale), 'confirm'] : null,
    )
    await home(parts)
    await choose(parts, 'endDrill')
    await until(parts, ({ drill }) => !drill)
    return { ok: true, sale, voided }
  } catch (cause) {
    if (cause instanceof Stuck) return { ok: false, at: cause.message }
    throw cause
  }
}

/** Presses on until a result stands there: its voucher number. Each page is answered once. */
async function toResult(
  parts: RoundParts,
  what: 'sale' | 'void',
  keysOn: (page: CounterPage['kind']) => readonly Key[] | null,
): Promise<string> {
  const { api, second } = parts
  const answered = new Set<string>()
  for (;;) {
    const view = await until(
      parts,
      ({ counter, page }) => counter.kind === 'result' || !answered.has(page),
    )
    const { counter, page } = view
    answered.add(page)
    if (counter.kind === 'result') {
      if (counter.outcome !== 'approved') throw new Stuck(`${what}: ${counter.outcome}`)
      return counter.trace
    }
    if (counter.kind === 'approve')
      api.act({ type: 'signIn', page, operator: second.number, pin: second.pin })
    if (counter.kind === 'present') parts.onPresent(what)
    const keys = keysOn(counter.kind) ?? (counter.kind === 'confirmAmount' ? ['confirm'] : [])
    for (const key of keys) api.act({ type: 'key', page, key })
  }
}

async function home(parts: RoundParts): Promise<void> {
  const { api } = parts
  // A slip that waits to be torn off keeps nobody.
  await until(
    parts,
    ({ counter }) =>
      counter.kind !== 'result' ||
      counter.slips.every(({ state }) => state !== 'printing' && state !== 'queued') ||
      counter.slips.some(({ state }) => state === 'awaitingTear'),
  )
  api.act({ type: 'key', page: api.view().page, key: 'cancel' })
  await until(parts, ({ counter }) => counter.kind === 'amount')
}

/** Through the menu, whichever sheet it is on. */
async function choose(parts: RoundParts, option: string): Promise<void> {
  const { api } = parts
  await until(parts, ({ counter }) => counter.kind === 'amount')
  api.act({ type: 'key', page: api.view().page, key: 'menu' })
  for (let sheet = 0; sheet < SHEETS_MOST; sheet++) {
    const { counter, page } = await until(parts, (view) => view.counter.kind === 'menu')
    const options = counter.kind === 'menu' ? counter.options : []
    const isHere = options.some(({ id }) => id === option)
    api.act({ type: 'option', page, option: isHere ? option : 'next' })
    if (isHere) return
    await until(parts, (view) => view.page !== page)
  }
  throw new Stuck(`menu: ${option}`)
}

const SHEETS_MOST = 6

class Stuck extends Error {}

/** A page on which a person presents a card has its own limit, which ends it. */
async function until(
  { api, clock, patienceMs }: RoundParts,
  wanted: (view: View) => boolean,
): Promise<View> {
  return await new Promise((resolve, reject) => {
    let stopTimer: () => void = () => undefined
    const finish = (): void => {
      stopTimer()
      stopLooking()
    }
    const wait = (): void => {
      stopTimer()
      stopTimer = clock.after(patienceMs, () => {
        // While somebody is looking for a card, the terminal's own limit counts.
        if (api.view().counter.kind === 'present') return wait()
        finish()
        reject(new Stuck(stuckAt(api.view())))
      })
    }
    const look = (view: View): void => {
      if (!wanted(view)) return
      finish()
      resolve(view)
    }
    const stopLooking = api.onView(look)
    wait()
    look(api.view())
  })
}

function stuckAt({ counter, message }: View): string {
  return message === null ? counter.kind : `${counter.kind}: ${message.key}`
}

function digitsOf(trace: string): readonly Key[] {
  return trace.split('').flatMap((digit) => DIGIT_KEYS.filter((key) => key === digit))
}
