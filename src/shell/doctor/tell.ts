/** Puts a finding into the words of a language: what it is, since when, what to do now. */
import { fillIn, type TechnicianWords } from '../devices/technician-words.ts'
import { type Finding, minutes } from './finding.ts'
import type { Standing } from './standing.ts'

/** Nothing to do: `now` is empty. `since` is empty when this is the first run that found it. */
export type ToldFinding = Finding & {
  readonly what: string
  readonly since: string
  readonly now: string
}

/** Folders as the commands of the next steps name them. */
export type Places = { readonly config: string; readonly data: string }

/** Of an installed terminal. */
const USUAL_PLACES: Places = { config: '/etc/suretill', data: '/var/lib/suretill' }

/** A role or a cause among the params is put in by its name in the language. `standing`: as earlier runs say; null when they were not asked. */
export function tell(
  found: Finding,
  words: TechnicianWords,
  standing: Standing | null = null,
  places: Places = USUAL_PLACES,
): ToldFinding {
  const told = words.doctor.findings[found.code]
  const params = Object.fromEntries(
    Object.entries(found.params).map(([name, value]) => [
      name,
      words.devices.roles[String(value)] ?? causeIn(String(value), words.doctor.causes),
    ]),
  )
  return {
    ...found,
    what: told === undefined ? found.code : fillIn(told.what, params),
    since: standing === null ? '' : tellSince(standing, words),
    now: told?.now === undefined ? '' : fillIn(told.now, { ...places, ...params }),
  }
}

/** A sentence of another part of the program in the language of `causes`; as it is when nobody has translated it. */
export function causeIn(sentence: string, causes: Readonly<Record<string, string>>): string {
  for (const [english, own] of Object.entries(causes)) {
    const names = [...english.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const parts = english
      .split(/\{\w+\}/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    const found = new RegExp(`^${parts.join('(.+?)')}$`).exec(sentence)
    if (found === null) continue
    return fillIn(own, Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ''])))
  }
  return sentence
}

function tellSince({ sinceMs, times }: Standing, { doctor }: TechnicianWords): string {
  if (times < 2) return ''
  const { since = '', sinceUnknown = '' } = doctor.labels
  return sinceMs === null
    ? fillIn(sinceUnknown, { times })
    : fillIn(since, { from: minutes(sinceMs), times })
}
