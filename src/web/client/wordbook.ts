/**
 * The words of a language come when a view first speaks it: most terminals never show the other one, and a language is a third of all that
 * the first load would carry.
 */
import { type Signal, signal } from '@preact/signals'
import type { Locale } from '#shell/api/view.ts'
import { otherLocale, type Words } from './words.ts'

/** The words of a language; null while they are on their way. Whoever draws with it is drawn again when they have come. */
export type Wordbook = (locale: Locale) => Words | null

/** A language that could not be had is asked for again this much later; until then the other one speaks, so that no fact is kept back. */
const AGAIN_AFTER_MS = 1000

/** `load` rejects when the terminal does not answer. */
export function wordbook(load: (locale: Locale) => Promise<Words>): Wordbook {
  const books: Readonly<Record<Locale, Signal<Words | null>>> = {
    'zh-CN': signal(null),
    en: signal(null),
  }
  const asked = new Set<Locale>()
  const ask = async (locale: Locale): Promise<void> => {
    try {
      books[locale].value = await load(locale)
    } catch {
      // The terminal is just going or coming: the connection tells the page which.
      books[locale].value = books[otherLocale(locale)].value
      setTimeout(() => void ask(locale), AGAIN_AFTER_MS)
    }
  }
  return (locale) => {
    if (!asked.has(locale)) {
      asked.add(locale)
      void ask(locale)
    }
    return books[locale].value
  }
}

/** Rejects when the terminal does not answer. */
export async function loadWords(locale: Locale): Promise<Words> {
  const { default: words } =
    locale === 'en'
      ? await import('../../../config/locales/en.json', { with: { type: 'json' } })
      : await import('../../../config/locales/zh-CN.json', { with: { type: 'json' } })
  return { ...words, locale }
}

/** All but what only the cashier is told. */
export async function loadCustomerWords(locale: Locale): Promise<Words> {
  const { default: words } =
    locale === 'en'
      ? await import('virtual:customer-words/en')
      : await import('virtual:customer-words/zh-CN')
  return { ...words, locale }
}

/** What the page spoke last; Chinese before it has spoken. */
export function spokenLocale(): Locale {
  return document.documentElement.lang === 'en' ? 'en' : 'zh-CN'
}
