/** One scripted day on a real journal in a folder: what the recorded process lives, and every life after a broken one. */
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { type ArchiveOutcome, archiveOldest } from '#shell/journal/archive/archive.ts'
import { compact, removeExpired } from '#shell/journal/archive/retention.ts'
import { type Journal, openJournal } from '#shell/journal/journal.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import {
  type Happening,
  KEEPING_DAY,
  longDay,
  NEXT_DAY,
  NEXT_KEEPING_DAY,
  SHORT_DAY,
  SMALL_DAY,
} from './plan.ts'
import { type Planted, plant, plantInSqlite } from './planted.ts'
import {
  freshTicks,
  type Marker,
  markerOn,
  type Shop,
  startLife,
  type Ticks,
} from './scripted-world.ts'
import { shopKey } from './shop-key.ts'

/** Events of the second life come a day later. */
const DAY_MS = 86_400_000
/** Rounds of a long day: its log passes SQLite's 1000 pages. */
const LONG_ROUNDS = 4
const ANY_AGE = Number.MAX_SAFE_INTEGER

const DAYS = {
  short: SHORT_DAY,
  long: longDay(LONG_ROUNDS),
  small: SMALL_DAY,
  next: NEXT_DAY,
  keeping: KEEPING_DAY,
  nextKeeping: NEXT_KEEPING_DAY,
} as const satisfies Readonly<Record<string, readonly Happening[]>>
export type DayName = keyof typeof DAYS

/** Null for a name that no day bears. */
export function dayNamed(name: string): DayName | null {
  return (
    (['short', 'long', 'small', 'next', 'keeping', 'nextKeeping'] as const).find(
      (one) => one === name,
    ) ?? null
  )
}

export type LivedDay = {
  /** Null when the day came to its end; otherwise what the journal said when it refused. */
  readonly failed: string | null
  /** Closes what a failure left open. Until then the folder is as a kill would have left it. */
  readonly letGo: () => void
}

/** Lives the day of this name in `folder`, and says in its file `marks` what it does. */
export function liveDay(folder: string, day: DayName, fault: Planted | null = null): LivedDay {
  const handle = openSync(join(folder, 'marks'), 'a')
  const mark = markerOn(handle)
  const file = join(folder, 'journal.db')
  const open = new Set<Journal>()
  const begin = (ticks: Ticks): Shop => {
    const opened = openJournal(file, shopKey())
    if (!opened.ok) throw new Error(`${opened.why}: ${opened.detail}`)
    const journal = plant(fault, opened.journal)
    open.add(journal)
    const shop = startLife(journal, mark, ticks)
    shop.open()
    return shop
  }
  const end = (): void => {
    for (const journal of open) {
      open.delete(journal)
      journal.close()
    }
  }
  const letGo = (): void => {
    try {
      end()
    } catch {
      // What failed to write may fail to close; the connection then ends with the process.
    }
    closeSync(handle)
  }

  plantInSqlite(fault)
  try {
    const ticks = ticksOf(file, day)
    let shop = begin(ticks)
    for (const happening of DAYS[day]) {
      if (happening.do === 'restart') {
        end()
        shop = begin(ticks)
      } else happen(happening, shop, { file, mark })
    }
    mark({ mark: 'end' })
    end()
    return { failed: null, letGo }
  } catch (cause) {
    // A disk that fails ends the day: what is owed is for the next life to find.
    mark({ mark: 'failed' })
    return { failed: cause instanceof Error ? cause.message : String(cause), letGo }
  }
}

/** The numbers of events go on where the journal of a broken day ends. */
function ticksOf(file: string, day: DayName): Ticks {
  const ticks = freshTicks()
  if (day !== 'next' && day !== 'nextKeeping') return ticks
  const verified = verifyJournal(file)
  return { seq: verified.ok ? verified.events : 0, at: ticks.at + DAY_MS }
}

function happen(
  happening: Exclude<Happening, { do: 'restart' }>,
  shop: Shop,
  { file, mark }: { readonly file: string; readonly mark: Marker },
): void {
  switch (happening.do) {
    case 'sell':
      shop.sell(happening.yuan, happening.outcome)
      return
    case 'settle':
      shop.settle()
      return
    case 'archive':
      while (hasMoved(archiveOldest(file, ANY_AGE)));
      return
    case 'forget': {
      // Beside the open journal, as the terminal does it; what fails is for the next time.
      const batch = String(shop.state().counters.batch - 1).padStart(6, '0')
      mark({ mark: 'forgetting', batch })
      removeExpired(file, ANY_AGE)
      compact(file)
    }
  }
}

function hasMoved(outcome: ArchiveOutcome): boolean {
  return outcome.ok && outcome.moved !== null
}
