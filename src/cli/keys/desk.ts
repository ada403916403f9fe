/** What the keys verbs work with. */
import type { Clock } from '#core/ports/clock.ts'
import type { Keyboard } from '#shell/commission/prompt.ts'
import type { ServiceWords } from '#shell/commission/service-words.ts'
import type { TechnicianLocale } from '#shell/devices/technician-words.ts'

export type KeysIo = {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Shipped data: the words. */
  readonly sharedConfig: string
  readonly locale: TechnicianLocale
  readonly clock: Clock
  readonly keyboard: Keyboard
}

export type KeysFlags = {
  readonly config: string
  readonly data: string
  readonly lang: TechnicianLocale
  readonly json?: true
}

export type KeysDesk = KeysIo & { readonly words: ServiceWords }

/** What a verb has to say: lines for standard output, or one for standard error with exit code 1 or 2. */
export type Said =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly exitCode: 1 | 2; readonly sentence: string }

export type ComponentFlags = {
  readonly key: 'master' | 'transport'
  readonly cipher: 'tdes' | 'aes'
  readonly components: '2' | '3'
}
