/** Every word on the screens comes from the locale files; this file only finds them and fills in the values. */
import type { Locale, Message } from '#shell/api/view.ts'
import type zh from '../../../config/locales/zh-CN.json'

export type MessageWords = { readonly what: string; readonly money: string; readonly now: string }

type Table = Readonly<Record<string, string>>

export type Words = {
  readonly locale: Locale
  readonly screen: typeof zh.screen
  readonly pages: Readonly<Record<string, { readonly title: string; readonly question: string }>>
  readonly customer: Table
  /** What each page is for and what one does there, by its kind. */
  readonly help: Table
  readonly messages: Readonly<Record<string, MessageWords>>
  readonly options: Table
  readonly faults: Table
  readonly channels: Table
  readonly devices: Table
  readonly slips: Table
  readonly copies: Table
  readonly outcomes: Table
  readonly doing: Table
  readonly means: Table
  readonly roles: Table
}

/** The language of the two that is not this one. */
export function otherLocale(locale: Locale): Locale {
  return locale === 'en' ? 'zh-CN' : 'en'
}

/** The word for an id that came from the terminal; the id itself when the file lacks it, so that nothing is ever blank. */
export function wordFor(table: Table, id: string): string {
  return table[id] ?? id
}

/** Fills `{name}`; a device or channel named by id is shown by its word. A currency and its figure stay on one line. */
export function fill(words: Words, text: string, params: Readonly<Record<string, string>>): string {
  return text.replaceAll('RMB {', 'RMB\u00a0{').replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    if (name === 'device') return wordFor(words.devices, value)
    return name === 'channel' ? wordFor(words.channels, value) : value
  })
}

/** How the end of a card number or code is named. */
export function lastFour(words: Words, digits: string): string {
  return fill(words, words.screen.endingIn, { last4: digits })
}

/** Hosts and code classes grow: what has no words of its own gets those of its family. */
function otherOf(key: string): string {
  return key.replace(/\.[^.]*$/, '.other')
}

/** The three parts of a message: what happened, whether money moved, what now. Parts may be empty, never all. */
export function messageParts(words: Words, message: Message): MessageWords {
  const found = words.messages[message.key] ?? words.messages[otherOf(message.key)]
  if (found === undefined) return { what: message.key, money: '', now: '' }
  return {
    what: fill(words, found.what, message.params),
    money: fill(words, found.money, message.params),
    now: fill(words, found.now, message.params),
  }
}
