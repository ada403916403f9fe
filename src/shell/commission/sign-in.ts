/** Asks somebody who they are, on the keyboard and without showing the PIN. */
import type { Role } from '#core/terminal/setup.ts'
import type { Prompt } from './prompt.ts'
import type { ServiceBook } from './service-book.ts'
import type { ServiceWords } from './service-words.ts'

/** Afterwards the command ends; the account locks after five, here as at the counter. */
const TRIES = 3

export type Desk = {
  readonly prompt: Prompt
  readonly book: ServiceBook
  readonly words: ServiceWords
}

/** The operator number; null when nobody proved to be one with such a role (it was said why). */
export function askWho(
  { book, prompt, words }: Desk,
  question: string,
  roles: readonly Role[],
): string | null {
  for (let tries = 0; tries < TRIES; tries++) {
    prompt.say(words(question))
    const operator = prompt.ask(words('who.number'))
    if (operator === null || operator === '') return null
    const pin = prompt.askHidden(words('who.pin', { operator }), (bytes) =>
      new TextDecoder().decode(bytes),
    )
    if (pin === null) return null
    const signedIn = book.signIn({ operator, pin }, roles)
    if (signedIn.ok) return signedIn.operator
    prompt.say(words(`who.${signedIn.why}`, { operator }))
    if (signedIn.why === 'locked') return null
  }
  return null
}
