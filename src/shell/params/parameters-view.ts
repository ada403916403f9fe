/** The parameters of the running terminal for the page that shows them: what holds, by groups that a shop would make. */
import type { ParameterRow, ParametersView } from '../api/parameters-view.ts'
import { listParameters, type Parameter } from './parameter.ts'
import { at } from './plan-change.ts'
import { valueWords } from './value-words.ts'
import { loadParameterWords, type ParameterWords } from './words.ts'

/** What begins with one of these belongs there; the longest fits first, so that all of `acquirer` that is named nowhere else is about messages. */
const GROUPS: Readonly<Record<keyof ParameterWords['groups'], readonly string[]>> = {
  shop: ['profile', 'merchant', 'terminal', 'operators'],
  amounts: [
    'limits',
    'cards',
    'codes',
    'amountGuard',
    'refundGuard',
    'approvals',
    'payee',
    'incidents',
    'report',
    'alarms',
    'holds',
  ],
  slips: ['slips'],
  screens: ['screens', 'idle'],
  devices: ['devices'],
  link: [
    'acquirer.name',
    'acquirer.host',
    'acquirer.port',
    'acquirer.backups',
    'acquirer.backOff',
    'acquirer.connection',
    'acquirer.tls',
    'acquirer.http',
    'acquirer.connectTimeoutMs',
    'acquirer.replyTimeoutMs',
    'acquirer.frameTimeoutMs',
    'acquirer.echo',
    'acquirer.linkRetry',
    'acquirer.signOnEveryHours',
    'acquirer.downloads',
  ],
  messages: ['acquirer'],
  till: ['till', 'feed'],
  care: ['care', 'journal', 'power', 'updates'],
}

/** `file`: the configuration that the program was started with, every default filled in. */
export function parametersView(parts: {
  readonly file: unknown
  /** Shipped data: words. */
  readonly sharedConfig: string
  readonly locale: ParametersView['locale']
}): ParametersView {
  const { locale } = parts
  const words = loadParameterWords(parts.sharedConfig, locale)
  const rows = listParameters().map((one) => ({
    group: groupOf(one.name),
    row: rowOf(one, at(parts.file, one.name), words),
  }))
  const { all, changed, none, onlyChanged, search, byDefault } = words.labels
  return {
    locale,
    labels: { all, byDefault, changed, none, onlyChanged, search },
    groups: Object.entries(words.groups).map(([id, title]) => ({
      id,
      title,
      rows: rows.flatMap(({ group, row }) => (group === id ? [row] : [])),
    })),
  }
}

/** The group of a parameter; null when nobody has given it one. */
export function groupOf(name: string): string | null {
  const fits = Object.entries(GROUPS).flatMap(([id, beginnings]) =>
    beginnings
      .filter((beginning) => name.startsWith(beginning))
      .map((beginning) => ({ id, length: beginning.length })),
  )
  return fits.toSorted((a, b) => b.length - a.length)[0]?.id ?? null
}

function rowOf(parameter: Parameter, value: unknown, words: ParameterWords): ParameterRow {
  const { fallback, name, needed } = parameter
  const isDefault = JSON.stringify(value) === JSON.stringify(fallback)
  // What every terminal must be told is nobody's change, and neither is what stands in a section that was left out.
  const isChanged =
    !isDefault && value !== undefined && !(needed === 'always' && fallback === undefined)
  return {
    name,
    meaning: words.meanings[name] ?? '',
    value: valueWords(parameter, value, words),
    byDefault: isChanged && fallback !== undefined ? valueWords(parameter, fallback, words) : null,
    isChanged,
  }
}
