/**
 * The key ceremony: each component is brought by another person, typed where nobody sees it and proved by its own check value; then the whole
 * key is proved. Nobody knows the whole key, this terminal never shows it, and the journal keeps who, when and the check values.
 */
import type { Bytes } from '#crypto/bytes.ts'
import {
  combine,
  componentFrom,
  fitsCheckValue,
  type KeyKind,
  shortCheckValue,
  weaknessOf,
} from '../keys/components.ts'
import { askWho, type Desk } from './sign-in.ts'

export type CeremonyWish = {
  /** For the journal and the words: `master` or `transport`. */
  readonly what: 'master' | 'transport'
  readonly kind: KeyKind
  readonly components: number
}

export type CeremonyOutcome =
  | { readonly ok: true; readonly check: string; readonly by: readonly string[] }
  /** `componentWrong` names which; nothing was kept. */
  | {
      readonly ok: false
      readonly why:
        | 'nobody'
        /** Control-C at a hidden question, or nobody types any more. */
        | 'brokenOff'
        | 'samePerson'
        | 'componentWrong'
        | 'lengthsDiffer'
        | 'weak'
        | 'keyWrong'
        | 'notKept'
      readonly component: number
    }

/** Typing 32 digits goes wrong; guessing does not come nearer. */
const TRIES = 3

/** `keep` puts the key where it belongs and may throw or say why not; the bytes are zeroed when this returns. */
export function holdCeremony(
  desk: Desk,
  wish: CeremonyWish,
  keep: (key: Uint8Array) => string | null,
): CeremonyOutcome {
  const people: string[] = []
  const components: Bytes[] = []
  try {
    for (let component = 1; component <= wish.components; component++) {
      const who = askWho(desk, 'keys.custodian', ['supervisor', 'administrator'])
      if (who === null) return fail(desk, wish, people, { why: 'nobody', component })
      if (people.includes(who)) return fail(desk, wish, people, { why: 'samePerson', component })
      people.push(who)
      const bytes = askComponent(desk, wish, people, component)
      if (typeof bytes === 'string') return fail(desk, wish, people, { why: bytes, component })
      components.push(bytes)
    }
    return whole(desk, wish, { people, components }, keep)
  } finally {
    for (const bytes of components) bytes.fill(0)
  }
}

function whole(
  desk: Desk,
  wish: CeremonyWish,
  brought: { readonly people: readonly string[]; readonly components: readonly Bytes[] },
  keep: (key: Uint8Array) => string | null,
): CeremonyOutcome {
  const { components, people } = brought
  const key = combine(components)
  if (key === null) return fail(desk, wish, people, { why: 'lengthsDiffer', component: 0 })
  try {
    if (weaknessOf(wish.kind, key) !== null)
      return fail(desk, wish, people, { why: 'weak', component: 0 })
    const typed = desk.prompt.ask(desk.words('keys.wholeCheck')) ?? ''
    if (!fitsCheckValue(wish.kind, key, typed))
      return fail(desk, wish, people, { why: 'keyWrong', component: 0 })
    const check = shortCheckValue(wish.kind, key)
    const each = components.map((bytes, at) =>
      fact(`component ${at + 1}`, shortCheckValue(wish.kind, bytes)),
    )
    desk.book.write('keysLoaded', people, [fact(wish.what, check), ...each])
    const refused = keep(key)
    if (refused === null) return { ok: true, check, by: people }
    desk.prompt.say(refused)
    return fail(desk, wish, people, { why: 'notKept', component: 0 })
  } finally {
    key.fill(0)
  }
}

/** Tries that did not fit are in the journal, and after too many of them it is over. */
function askComponent(
  { book, prompt, words }: Desk,
  wish: CeremonyWish,
  people: readonly string[],
  component: number,
): Bytes | 'componentWrong' | 'brokenOff' {
  for (let tries = 1; tries <= TRIES; tries++) {
    const answer = prompt.askHidden(
      words('keys.component', { component, of: wish.components }),
      (typed) => ({ bytes: componentFrom(typed, wish.kind) }),
    )
    if (answer === null) return 'brokenOff'
    const { bytes } = answer
    if (bytes === null) {
      prompt.say(words('keys.componentForm', { component }))
      continue
    }
    const typed = prompt.ask(words('keys.componentCheck', { component }))
    if (typed === null) {
      bytes.fill(0)
      return 'brokenOff'
    }
    if (fitsCheckValue(wish.kind, bytes, typed)) {
      prompt.say(
        words('keys.componentGood', { component, check: shortCheckValue(wish.kind, bytes) }),
      )
      return bytes
    }
    bytes.fill(0)
    prompt.say(words('keys.componentWrong', { component }))
    book.write('keysNotLoaded', people, [
      fact(`component ${component}`, 'does not fit its check value'),
    ])
  }
  return 'componentWrong'
}

function fail(
  { book }: Desk,
  wish: CeremonyWish,
  people: readonly string[],
  outcome: {
    readonly why: Extract<CeremonyOutcome, { ok: false }>['why']
    readonly component: number
  },
): CeremonyOutcome {
  book.write('keysNotLoaded', people, [fact(wish.what, outcome.why)])
  return { ok: false, ...outcome }
}

function fact(name: string, after: string): { name: string; before: string; after: string } {
  return { name, before: '', after }
}
