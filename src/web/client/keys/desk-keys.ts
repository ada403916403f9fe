/**
 * From keys and taps to actions. Holds the little that lives on the screen alone: the digits of a sign-in and which
 * record or open item is picked. Everything else is the terminal's to decide.
 */
import { type Signal, signal } from '@preact/signals'
import type {
  Action,
  CounterPage,
  Key,
  Locale,
  Option,
  StaleReason,
  View,
} from '#shell/api/view.ts'
import { type Entry, newPinEntry, press as pressEntry, signInEntry } from '../entry.ts'
import type { Sound } from '../sound/sound-of.ts'
import { otherLocale } from '../words.ts'
import { pressCode } from './code-entry.ts'
import { PAGE_SETTLE_MS } from './keys.ts'
import { pressSeek, SEEK_START, type Seek } from './seek.ts'

/** As locale key `screen.<notice>`. */
export type Notice = 'otherActed' | 'machineTypes' | 'holdToReprint'

type Shown = { readonly groups: number; readonly rows: number }

export type DeskKeys = {
  readonly entry: Signal<Entry>
  /** Digits of a payment code as far as they are typed; null: nobody types one. */
  readonly code: Signal<string | null>
  readonly typeCode: () => void
  readonly picked: Signal<number>
  /** The help of the page lies over it; the next key, whatever it is, takes it away and does nothing else. */
  readonly isHelping: Signal<boolean>
  readonly askHelp: () => void
  /** What is looked for on the page of the parameters. */
  readonly seek: Signal<Seek>
  readonly look: (seek: Seek) => void
  /** That page reads its rows by itself, and says how many there are to walk through. */
  readonly showing: (shown: Shown) => void
  /** Why what was pressed last did nothing, when the page itself does not show it; until the next action. */
  readonly notice: Signal<Notice | null>
  readonly tellStale: (why: StaleReason) => void
  /** A key came faster than a person types. */
  readonly tellMachine: () => void
  /** Tell it of every view, before it is drawn; null when the connection is lost. */
  readonly turn: (view: View | null) => void
  readonly press: (key: Key) => void
  readonly choose: (option: string, item?: string) => void
  /** Up and down through records and open items. */
  readonly move: (step: number) => void
  readonly pick: (index: number) => void
  readonly speak: (locale: Locale) => void
  /** The last slip again, where the page offers it. */
  readonly reprint: { readonly held: () => void; readonly tapped: () => void }
  /** To the language that is not shown. */
  readonly swapLanguage: () => void
}

/** `sendAction` says whether there was a terminal to take it; `nowMs` is a clock that never goes back. */
export function deskKeys(
  sendAction: (action: Action) => boolean,
  play: (sound: Sound) => void,
  nowMs: () => number,
): DeskKeys {
  const entry = signal<Entry>(signInEntry(''))
  const code = signal<string | null>(null)
  const picked = signal(0)
  const isHelping = signal(false)
  const seek = signal(SEEK_START)
  const notice = signal<Notice | null>(null)
  let view: View | null = null
  let turnedAt = nowMs()
  let shown: Shown = { groups: 0, rows: 0 }

  const settled = (): boolean => nowMs() - turnedAt >= PAGE_SETTLE_MS
  const send = (action: Action): void => {
    notice.value = null
    if (!sendAction(action)) play('refused')
  }
  const typeEntry = (page: string, key: Key, twice: boolean): void => {
    const pressed = pressEntry(entry.value, key, twice)
    entry.value = pressed.entry
    play(pressed.refused ? 'refused' : 'key')
    if (pressed.done !== null) send({ type: twice ? 'newPin' : 'signIn', page, ...pressed.done })
  }
  const look = (next: Seek): void => {
    seek.value = next
    picked.value = 0
  }
  const choose = (option: string, item?: string): void => {
    if (view === null || !settled()) return
    const { page } = view
    send(
      item === undefined
        ? { type: 'option', page, option }
        : { type: 'option', page, option, item },
    )
  }

  return {
    entry,
    code,
    typeCode: () => void (code.value = ''),
    picked,
    isHelping,
    seek,
    look,
    showing: (next) => void (shown = next),
    askHelp: () => void (isHelping.value = !isHelping.value),
    notice,
    tellStale: (why) => void (notice.value = why === 'otherCounter' ? 'otherActed' : null),
    tellMachine() {
      play('refused')
      notice.value = 'machineTypes'
    },
    turn(next) {
      const turned = next?.page !== view?.page
      if (turned) {
        turnedAt = nowMs()
        picked.value = 0
        isHelping.value = false
        seek.value = SEEK_START
        code.value = null
        entry.value = entryFor(next, view, entry.value)
      }
      view = next
    },
    press(key) {
      if (view === null || !settled()) return
      if (isHelping.value) {
        isHelping.value = false
        play('key')
        return
      }
      const { counter, page } = view
      const leaves = mayBeLeft(counter) && key === 'cancel' && entry.value.operator === ''
      if (typesEntry(counter) && !leaves) {
        typeEntry(page, key, counter.kind === 'setPin')
        return
      }
      const typed =
        counter.kind === 'present' && counter.mayType ? pressCode(code.value, key) : null
      if (typed !== null) {
        code.value = typed.code
        play(typed.refused ? 'refused' : 'key')
        if (typed.done !== null) send({ type: 'code', page, digits: typed.done })
        return
      }
      const sought = counter.kind === 'parameters' ? pressSeek(seek.value, key, shown.groups) : null
      if (sought !== null) {
        look(sought)
        play('key')
        return
      }
      const shortcut = shortcutOf(counter, picked.value, key)
      if (shortcut === null) send({ type: 'key', page, key })
      else choose(shortcut.option, shortcut.item)
    },
    choose,
    move(step) {
      const last = (view === null ? 0 : rowsOf(view.counter, shown)) - 1
      if (last < 0) return
      picked.value = Math.max(0, Math.min(last, picked.value + step))
    },
    pick: (index) => void (picked.value = index),
    reprint: {
      held() {
        if (view?.counter.kind === 'amount' && view.counter.mayReprint === true)
          choose('reprintLast')
      },
      tapped: () => void (notice.value = 'holdToReprint'),
    },
    speak: (locale) => send({ type: 'locale', screen: 'counter', locale }),
    swapLanguage() {
      if (view === null) return
      send({ type: 'locale', screen: 'counter', locale: otherLocale(view.locale.counter) })
    },
  }
}

/** Pages whose digits stay on the screen until they are complete. */
function typesEntry(page: CounterPage): boolean {
  return page.kind === 'signIn' || page.kind === 'setPin' || mayBeLeft(page)
}

/** There is something to go back to: cancel takes back what is typed first, then leaves the page. */
function mayBeLeft({ kind }: CounterPage): boolean {
  return kind === 'approve' || kind === 'handOver'
}

/** Typed digits live as long as the same question stands; after a refused PIN the operator number stays. */
function entryFor(next: View | null, before: View | null, entry: Entry): Entry {
  if (next?.counter.kind === 'setPin') return newPinEntry(next.counter.operator)
  if (next?.counter.kind === 'approve' && next.counter.operator !== undefined)
    return signInEntry(next.counter.operator)
  const again = next?.counter.kind === 'signIn' && before?.counter.kind === 'signIn'
  return signInEntry(again ? entry.operator : '')
}

function rowsOf(page: CounterPage, shown: Shown): number {
  if (page.kind === 'parameters') return shown.rows
  if (page.kind === 'records') return page.records.length
  return page.kind === 'openItems' ? page.items.length : 0
}

type Shortcut = { readonly option: string; readonly item?: string }

function shortcutOf(page: CounterPage, picked: number, key: Key): Shortcut | null {
  if (!('options' in page)) return null
  const own = optionOf(page.options, key)
  if (page.kind === 'records') {
    const item = page.records[picked]?.id
    return own === null || item === undefined ? own : { ...own, item }
  }
  if (own !== null || page.kind !== 'openItems') return own
  const item = page.items[picked]
  const found = item === undefined ? null : optionOf(item.options, key)
  return found === null || item === undefined ? null : { ...found, item: item.id }
}

function optionOf(options: readonly Option[], key: Key): Shortcut | null {
  const found = options.find((option) => option.key === key)
  return found === undefined ? null : { option: found.id }
}
