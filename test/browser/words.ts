/** The words of the screens as the locale files have them, so that a test can ask for them by key in either language. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '#shell/api/view.ts'

export type Words = {
  /** By the path of its key: `pages/menu/title`. Throws when there is none. */
  readonly at: (path: string) => string
  /** All three parts of a message as a page shows them, whatever fills its blanks. */
  readonly message: (key: string) => RegExp
}

/** `about`: of the screens when absent. */
export function wordsIn(locale: Locale, about?: 'report'): Words {
  const name = about === undefined ? locale : `${about}.${locale}`
  const file = join(import.meta.dirname, '../../config/locales', `${name}.json`)
  const all: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const at = (path: string): string => {
    let found = all
    for (const step of path.split('/'))
      found = typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined
    if (typeof found !== 'string') throw new Error(`${locale} has no words for ${path}`)
    return found
  }
  return {
    at,
    message: (key) => {
      const parts = ['what', 'money', 'now'].map((part) => at(`messages/${key}/${part}`))
      const said = parts.filter((part) => part !== '').map(asPattern)
      return new RegExp(`^${said.join('\\s+')}$`)
    },
  }
}

function asPattern(sentence: string): string {
  const plain = sentence.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
  // What belongs together is kept together on the page by a blank that does not break.
  return plain.replaceAll(/\{\w+\}/g, '.+?').replaceAll(' ', '\\s')
}
