/** What the params verbs work with. */
import type { Clock } from '#core/ports/clock.ts'
import type { Keyboard } from '#shell/commission/prompt.ts'
import type { ServiceWords } from '#shell/commission/service-words.ts'
import type { TechnicianLocale } from '#shell/devices/technician-words.ts'
import type { ParameterWords } from '#shell/params/words.ts'

export type ParamsIo = {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Shipped data: the words. */
  readonly sharedConfig: string
  readonly locale: TechnicianLocale
  readonly clock: Clock
  readonly keyboard: Keyboard
}

export type Seeing = ParamsIo & {
  readonly words: ServiceWords
  readonly meanings: ParameterWords
}

/** What a verb has to say: lines for standard output, or one for standard error with exit code 1 or 2. */
export type Outcome =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly exitCode: 1 | 2; readonly sentence: string }
