/** What a set-up works with. */
import type { Clock } from '#core/ports/clock.ts'
import type { Answers } from '#shell/commission/answers.ts'
import type { Keyboard, Prompt } from '#shell/commission/prompt.ts'
import type { ServiceWords } from '#shell/commission/service-words.ts'
import type { Signature } from '#shell/config/signature.ts'
import type { SystemTree } from '#shell/devices/system-tree.ts'
import type { TechnicianLocale } from '#shell/devices/technician-words.ts'
import type { ParameterWords } from '#shell/params/words.ts'
import type { RunParts } from '../run/parts.ts'

export type SetupIo = {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  readonly sharedConfig: string
  readonly locale: TechnicianLocale
  readonly clock: Clock
  readonly keyboard: Keyboard
  readonly tree: SystemTree
  readonly patience: Patience
  /** The terminal itself, as `suretill run` starts it. */
  readonly running: RunParts
}

/** How long each step of a set-up may take. */
type Patience = {
  /** Opening a port, waking a device; a page to come. */
  readonly deviceMs: number
  /** Somebody who looks for a code. */
  readonly scanMs: number
  readonly signOnMs: number
}

export type SetupDesk = SetupIo & {
  readonly words: ServiceWords
  readonly meanings: ParameterWords
  readonly prompt: Prompt
}

export type Given =
  | {
      readonly ok: true
      readonly answers: Answers
      /** From where `files` of the answers are named. */
      readonly from: string
      readonly signature: Signature
      /** Somebody is there who can try again. */
      readonly isGuided: boolean
    }
  | { readonly ok: false; readonly exitCode: 1 | 2; readonly sentence: string }
