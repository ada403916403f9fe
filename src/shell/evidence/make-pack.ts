/**
 * Makes the evidence of one payment: who, when, what was decided, the slips, and the journal's own lines from the payment to its newest one,
 * so that nobody need take the first part on trust.
 */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Slip } from '#core/receipt/slip.ts'
import type { Role } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { upgradeState } from '#core/terminal/upgrade.ts'
import { createFollower } from '../journal/lines/follow.ts'
import type { EventLine } from '../journal/lines/line.ts'
import { maskEvent, maskLine } from '../journal/lines/mask.ts'
import { RELEASE } from '../journal/release.ts'
import { readStateRow } from '../journal/state-table.ts'
import type { RenderedSlip } from '../receipt/render-slip.ts'
import { type Family, familyOf } from './family.ts'
import { keptLines } from './kept-lines.ts'
import { PACK_FORMAT, type PackLine, type SlipLine, type StoryLine } from './pack-line.ts'

export type PackWish = {
  /** Six digits. */
  readonly trace: string
  /** Operator who answers for the export: a supervisor or administrator of this terminal. */
  readonly supervisor: string
  /** Events of other payments are named by their hashes alone. */
  readonly onlyOrder: boolean
  readonly now: number
  /** Lays the slip out; as it is printed on 58 mm paper. */
  readonly render: (slip: Slip) => Pick<RenderedSlip, 'svg' | 'text'>
}

export type PackOutcome =
  | { readonly ok: true; readonly lines: Iterable<PackLine> }
  | {
      readonly ok: false
      readonly why: 'noSuchPayment' | 'notASupervisor' | 'eventsGone' | 'tooLong' | 'damaged'
      readonly detail: string
    }

/** Events between the payment and the head that a pack holds whole: some hundred megabytes. */
const EVENTS_MOST = 100_000
/** Keys and pages before the first event that names the order: more than a person types for one amount. */
const BEFORE_MOST = 200

/** `db` is a reading connection on `journal`, which must live until the lines have been read. */
export function makePack(journal: string, db: DatabaseSync, wish: PackWish): PackOutcome {
  const state = stateNow(db)
  const role = state?.operators.find(({ number }) => number === wish.supervisor)?.role
  if (state === null || role === undefined || role === 'cashier')
    return refused('notASupervisor', wish.supervisor)
  const family = familyOf(db, wish.trace)
  if (family === null) return refused('noSuchPayment', wish.trace)
  const found = survey(journal, db, family)
  if (found.fault !== null) return refused('damaged', found.fault)
  if (found.from === 0) return refused('eventsGone', wish.trace)
  if (!wish.onlyOrder && found.last - found.from >= EVENTS_MOST)
    return refused('tooLong', String(found.last - found.from + 1))
  return { ok: true, lines: lines(journal, db, { wish, state, role, family, found }) }
}

function refused(
  why: Extract<PackOutcome, { ok: false }>['why'],
  detail: string,
): Extract<PackOutcome, { ok: false }> {
  return { ok: false, why, detail }
}

function stateNow(db: DatabaseSync): TerminalState | null {
  const row = readStateRow(db)
  return row === null ? null : upgradeState(row.saved())
}

type Survey = {
  /** First event of the stretch, and the last one there is; zero: none. */
  readonly from: number
  readonly last: number
  readonly story: readonly StoryLine[]
  readonly slips: readonly { readonly seq: number; readonly slip: Slip }[]
  readonly fault: string | null
}

/** Reads everything once: which events are of this payment, where its page began, what was printed. */
function survey(journal: string, db: DatabaseSync, family: Family): Survey {
  const follower = createFollower()
  const story: StoryLine[] = []
  const slips: { seq: number; slip: Slip }[] = []
  let [from, last, pageBegan] = [0, 0, 0]
  for (const raw of keptLines(journal, db, 0)) {
    if (raw.line === 'fault') return { from, last, story, slips, fault: raw.why }
    const line = maskLine(raw)
    if (line.line === 'checkpoint') follower.checkpoint(line)
    if (line.line !== 'event') continue
    const before = follower.state()
    follower.event(line)
    const after = follower.state()
    last = line.seq
    if (after?.step.kind === 'amount' && before?.step.kind !== 'amount') pageBegan = line.seq
    if (!family.has(line, orderOn(after) ?? orderOn(before))) continue
    if (from === 0) from = last - pageBegan < BEFORE_MOST && pageBegan > 0 ? pageBegan : last
    story.push(storyLine(line, after))
    for (const effect of line.effects)
      if (effect.do === 'print') slips.push({ seq: last, slip: effect.slip })
  }
  return { from, last, story, slips, fault: null }
}

function orderOn(state: TerminalState | null): number | null {
  if (state === null) return null
  const { step } = state
  if ('order' in step) return step.order.id
  return 'attempt' in step ? step.attempt.order.id : null
}

function storyLine({ event, effects, refused, seq }: EventLine, after: TerminalState | null) {
  return {
    line: 'story',
    seq,
    at: event.at,
    what: event.type,
    operator: after?.session?.operator ?? null,
    page: after?.step.kind ?? null,
    effects: effects.map((effect) => effect.do),
    refused,
  } as const
}

type Gathered = {
  readonly wish: PackWish
  readonly state: TerminalState
  readonly role: Role
  readonly family: Family
  readonly found: Survey
}

function* lines(journal: string, db: DatabaseSync, gathered: Gathered): Generator<PackLine> {
  const digests: string[] = []
  for (const line of frontLines(gathered)) {
    digests.push(digestOf(line))
    yield line
  }
  const seal = { line: 'seal', digests } as const
  yield seal
  yield* chainLines(journal, db, gathered, digestOf(seal))
}

function* frontLines({ wish, state, role, family, found }: Gathered): Generator<PackLine> {
  const { merchantNumber, terminalNumber } = state.setup
  yield {
    line: 'pack',
    format: PACK_FORMAT,
    release: RELEASE,
    trace: wish.trace,
    merchantNumber,
    terminalNumber,
    exportedAt: wish.now,
    exportedBy: { operator: wish.supervisor, role },
    events: found.story.map(({ seq }) => seq),
    missing: missing(wish, found),
  }
  for (const record of family.records) yield { line: 'record', record }
  yield* found.story
  for (const { seq, slip } of found.slips) {
    const { svg, text } = wish.render(slip)
    const { copy, job, mark } = slip
    yield { line: 'slip', seq, job, copy, mark, text, svg } satisfies SlipLine
  }
}

function missing({ onlyOrder }: PackWish, { slips, story }: Survey): readonly string[] {
  return [
    'The bytes of messages to and from the acquirer are not kept by the terminal. What was asked stands in sendRequest, what was answered in the fields of hostReplied.',
    'Whole card numbers, tracks, PIN blocks and payment codes were never kept.',
    'The supervisor was named at the export; no PIN was asked for.',
    ...(slips.length === 0 ? ['No slip was sent to the printer.'] : []),
    ...(story.some(({ operator }) => operator === null)
      ? ['Where no operator is named, nobody was signed in, or another release decided.']
      : []),
    ...(onlyOrder ? ['Events of other payments are named by their hashes alone.'] : []),
  ]
}

/** From the page on which the amount was typed to the newest event of the journal. */
function* chainLines(
  journal: string,
  db: DatabaseSync,
  { wish, found }: Gathered,
  seal: string,
): Generator<PackLine> {
  const own = new Set(found.story.map(({ seq }) => seq))
  let before = { seq: 0, hash: '' }
  let events = 0
  for (const raw of keptLines(journal, db, found.from)) {
    if (raw.line === 'begin') before = { seq: raw.after, hash: raw.head }
    if (raw.line !== 'event' || raw.seq > found.last) continue
    const { seq, hash } = raw
    if (seq >= found.from) {
      if (events === 0) yield { line: 'begin', after: before.seq, head: before.hash }
      events += 1
      yield wish.onlyOrder && !own.has(seq) ? { line: 'link', seq, hash } : maskEvent(raw)
    }
    before = { seq, hash }
  }
  yield { line: 'end', events, head: before.hash, seal }
}

/** SHA-256 of a line as it is written. */
function digestOf(line: PackLine): string {
  return createHash('sha256').update(JSON.stringify(line)).digest('hex')
}
