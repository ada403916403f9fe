/** Parameters in words: one for `params explain`, all of them for docs/parameters.md. */
import { fillIn } from '../devices/technician-words.ts'
import type { Parameter } from './parameter.ts'
import type { ParameterWords } from './words.ts'

/** One thing a line. */
export function explainText(parameter: Parameter, words: ParameterWords): readonly string[] {
  const { labels, meanings } = words
  return [
    parameter.name,
    `  ${labels.meaning}: ${meanings[parameter.name] ?? ''}`,
    `  ${labels.bounds}: ${parameter.bounds}`,
    `  ${labels.fallback}: ${leftOut(parameter, words)}`,
  ]
}

/** As YAML would have it on one line; secrets are named and not shown. */
export function valueText(
  parameter: Pick<Parameter, 'secret'>,
  value: unknown,
  { labels }: ParameterWords,
): string {
  if (value === undefined) return labels.unset
  return parameter.secret ? labels.secret : JSON.stringify(value)
}

function leftOut({ fallback, needed }: Parameter, { labels }: ParameterWords): string {
  if (fallback !== undefined) return JSON.stringify(fallback)
  if (needed === 'always') return labels.always
  if (needed === 'never') return labels.nothing
  return fillIn(labels.with, { group: needed.slice('with '.length) })
}

/** docs/parameters.md: made from the schema and the words, so that it cannot fall behind. */
export function parametersPage(
  parameters: readonly Parameter[],
  en: ParameterWords,
  zh: ParameterWords,
): string {
  const rows = parameters.map((one) => {
    const meaning = [en, zh].map(({ meanings }) => meanings[one.name] ?? '').join('<br>')
    return `| \`${one.name}\` | ${cell(meaning)} | ${code(one.bounds)} | ${default_(one, en)} |`
  })
  return [
    '# Parameters / 参数',
    'Every setting of `terminal.yaml`, read off the schema that checks it. Made by `suretill params page`; do not edit. `suretill params explain NAME`',
    'says the same of one, `suretill params show` what holds in a terminal. Bounds: `1…9` from to, `[ x ] 0…4` a list of so many, `/…/` a regular',
    'expression, `"" 1…40` a text of so many characters. / 由配置校验规则自动生成,请勿手工修改;`suretill params explain 名称` 查看单项。',
    '',
    '| parameter / 参数 | meaning / 含义 | may be / 取值 | left out / 缺省 |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function default_(parameter: Parameter, words: ParameterWords): string {
  return parameter.fallback === undefined
    ? cell(leftOut(parameter, words))
    : code(JSON.stringify(parameter.fallback))
}

function code(text: string): string {
  return `\`${cell(text)}\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
