/** Every copy that was sent to the printer: when, by whom, how it ended, how often it was tried; read off the journal. */
import type { SlipCopy, SlipMark, SlipType } from '#core/receipt/slip.ts'
import { createFollower } from '../journal/lines/follow.ts'
import type { EventLine, Fault, JournalLine } from '../journal/lines/line.ts'
import { maskLine } from '../journal/lines/mask.ts'

type PrintTry = {
  readonly mark: SlipMark['kind']
  /** Wall times in milliseconds; null: nothing came back, as after a power cut. */
  readonly startedAt: number
  readonly endedAt: number | null
  /** `printed`, `notStarted`, `interrupted`, `unsure`; null while nothing came back. */
  readonly result: string | null
  /** Of the whole slip; null: not told. */
  readonly lines: number | null
  /** Signed in when it started; null: nobody, or another release decided. */
  readonly operator: string | null
}

export type PrintedCopy = {
  /** At the foot of the paper. */
  readonly job: string
  readonly type: SlipType
  readonly copy: SlipCopy
  readonly batch: string
  readonly trace: string
  /** Oldest first. */
  readonly tries: readonly PrintTry[]
  /** Somebody said that the paper is there although the printer did not. */
  readonly waived?: { readonly at: number; readonly operator: string | null }
}

/** In the order in which they were first sent. Throws for a journal that cannot be read. */
export function printLog(lines: Iterable<JournalLine | Fault>): readonly PrintedCopy[] {
  const copies = new Map<string, PrintedCopy>()
  const follower = createFollower()
  for (const raw of lines) {
    if (raw.line === 'fault') throw new Error(raw.why)
    const line = maskLine(raw)
    if (line.line === 'checkpoint') follower.checkpoint(line)
    if (line.line !== 'event') continue
    follower.event(line)
    note(copies, line, follower.state()?.session?.operator ?? null)
  }
  return [...copies.values()]
}

function note(
  copies: Map<string, PrintedCopy>,
  { effects, event, refused }: EventLine,
  operator: string | null,
): void {
  if (refused !== null) return
  if (event.type === 'printEnded') {
    const found = copies.get(event.job)
    const last = found?.tries.at(-1)
    if (found !== undefined && last !== undefined) {
      const ended = { endedAt: event.at, result: event.outcome.kind, lines: event.lines ?? null }
      copies.set(event.job, {
        ...found,
        tries: [...found.tries.slice(0, -1), { ...last, ...ended }],
      })
    }
  }
  if (event.type === 'optionChosen' && event.option === 'paperComplete') {
    const found = copies.get(event.item)
    if (found !== undefined)
      copies.set(event.item, { ...found, waived: { at: event.at, operator } })
  }
  for (const effect of effects) {
    if (effect.do !== 'print') continue
    const { copy, facts, job, mark } = effect.slip
    const { batch, trace, type } = facts
    const begun = {
      mark: mark.kind,
      startedAt: event.at,
      endedAt: null,
      result: null,
      lines: null,
      operator,
    }
    const before = copies.get(job)?.tries ?? []
    copies.set(job, { job, type, copy, batch, trace, tries: [...before, begun] })
  }
}
