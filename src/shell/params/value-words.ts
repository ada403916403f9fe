/** A value as people say it: yuan and not fen, seconds and not milliseconds, yes and not true. */
import { formatMinor, minor } from '#core/money.ts'
import { fillIn } from '../devices/technician-words.ts'
import type { Parameter } from './parameter.ts'
import type { ParameterWords } from './words.ts'

/** A secret says only whether it is there. */
export function valueWords(
  { name, secret }: Pick<Parameter, 'name' | 'secret'>,
  value: unknown,
  words: ParameterWords,
): string {
  if (value === undefined) return words.labels.unset
  if (secret) return words.labels.secret
  const last = name.slice(name.lastIndexOf('.') + 1)
  if (typeof value === 'number') {
    if (last.endsWith('Minor')) return `￥${formatMinor(minor(value))}`
    if (last.endsWith('Ms')) return duration(value, words)
  }
  return plain(value, words)
}

function plain(value: unknown, words: ParameterWords): string {
  if (value === null) return words.labels.nothing
  if (Array.isArray(value))
    return value.length === 0
      ? words.labels.nothing
      : value.map((one) => plain(one, words)).join(' · ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, inner]) =>
        typeof inner === 'string' ? plain(inner, words) : `${key} ${plain(inner, words)}`,
      )
      .join(' ')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return words.values[text] ?? (text === '' ? words.labels.nothing : text)
}

const UNITS = [
  { unit: 'hours', ms: 3_600_000 },
  { unit: 'minutes', ms: 60_000 },
  { unit: 'seconds', ms: 1000 },
] as const

/** In the largest unit that needs no fraction; shorter than a second in milliseconds. */
function duration(ms: number, { units }: ParameterWords): string {
  const fitting = UNITS.find((one) => ms >= one.ms && ms % one.ms === 0)
  if (fitting !== undefined) return fillIn(units[fitting.unit], { n: String(ms / fitting.ms) })
  return ms > 1000
    ? fillIn(units.seconds, { n: String(ms / 1000) })
    : fillIn(units.milliseconds, { n: String(ms) })
}
