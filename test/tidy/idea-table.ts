/**
 * Reads the table of ideas in `docs/ideas.md` and says what in it is not true: a number that is missing, a proof that does not exist, a
 * state that does not fit what is shown. A page that promises what nobody shows would be worse than none.
 */

/** Ideas of each kind of mistake, as they were collected. */
const IDEAS: Readonly<Record<string, number>> = { S0: 19, S1: 26, S2: 24, S3: 23, S4: 28 }

const STATES = ['built', 'to the limit', 'in part', 'not yet', 'elsewhere'] as const
type State = (typeof STATES)[number]

type Row = {
  readonly number: string
  readonly state: string
  readonly proofs: readonly string[]
  readonly missing: string
}

/** What is known of the tree: whether a file has a test or a scenario of that title. */
export type Titles = {
  /** `file` as in the table: below `test/`, without its ending. */
  readonly isShown: (file: string, title: string) => boolean
}

/** One sentence for each thing that is wrong; empty when the page is true. */
export function wrongInIdeas(page: string, titles: Titles): readonly string[] {
  const rows = page.split('\n').flatMap(readRow)
  return [
    ...wrongNumbers(rows),
    ...rows.flatMap((row) => wrongInRow(row, titles)),
    ...wrongCounts(page, rows),
  ]
}

function readRow(line: string): readonly Row[] {
  const [, number, , state, proofs, missing] = line.split('|').map((cell) => cell.trim())
  if (number === undefined || !/^S\d-\d+$/.test(number)) return []
  return [
    {
      number,
      state: state ?? '',
      proofs: (proofs ?? '').split('<br>').filter((proof) => proof !== ''),
      missing: missing ?? '',
    },
  ]
}

function wrongNumbers(rows: readonly Row[]): readonly string[] {
  const wanted = Object.entries(IDEAS).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`),
  )
  const there = rows.map(({ number }) => number)
  return [
    ...wanted.filter((number) => !there.includes(number)).map((number) => `${number} is missing`),
    ...there.filter((number) => !wanted.includes(number)).map((number) => `${number} is no idea`),
    ...there
      .filter((number, index) => there.indexOf(number) !== index)
      .map((number) => `${number} is there twice`),
  ]
}

function wrongInRow({ number, state, proofs, missing }: Row, titles: Titles): readonly string[] {
  const wrongProofs = proofs.flatMap((proof) => {
    const [, file, title] = /^`([^`]+)` (.+)$/.exec(proof) ?? []
    if (file === undefined || title === undefined)
      return [`${number}: "${proof}" is no file and title`]
    return titles.isShown(file, title) ? [] : [`${number}: ${file} shows no "${title}"`]
  })
  const needs = NEEDS[STATES.find((one) => one === state) ?? 'none']
  if (needs === null) return [...wrongProofs, `${number}: "${state}" is no state`]
  return [
    ...wrongProofs,
    ...(needs.proof === proofs.length > 0
      ? []
      : [`${number}: ${state}, and ${needs.proof ? 'nothing shows it' : 'something shows it'}`]),
    ...(needs.missing === 'must' && missing === ''
      ? [`${number}: ${state}, and nobody says why`]
      : []),
    ...(needs.missing === 'never' && missing !== ''
      ? [`${number}: built, and yet something is missing`]
      : []),
  ]
}

const NEEDS: Readonly<
  Record<
    State | 'none',
    { readonly proof: boolean; readonly missing: 'must' | 'may' | 'never' } | null
  >
> = {
  built: { proof: true, missing: 'never' },
  'to the limit': { proof: true, missing: 'must' },
  'in part': { proof: true, missing: 'must' },
  'not yet': { proof: false, missing: 'may' },
  elsewhere: { proof: false, missing: 'must' },
  none: null,
}

function wrongCounts(page: string, rows: readonly Row[]): readonly string[] {
  const line = countsOf(rows)
  return page.includes(`\n${line}\n`) ? [] : [`the counts must read: ${line}`]
}

function countsOf(rows: readonly Row[]): string {
  const counts = STATES.map(
    (state) => `${rows.filter((row) => row.state === state).length} ${state}`,
  )
  return `Counts: ${counts.join(', ')}.`
}
