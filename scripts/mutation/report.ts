/** What became of the mutants, file by file. */
export type Outcome = {
  readonly fileName: string
  readonly mutatorName: string
  readonly replacement: string
  /** Lines and columns from 0. */
  readonly location: { readonly start: Place; readonly end: Place }
  /** `static`: only run while modules are loaded, so that no single test can tell of it; it does not count. */
  readonly status: 'killed' | 'survived' | 'noTest' | 'static'
}

type Place = { readonly line: number; readonly column: number }

type Row = { readonly file: string; readonly mutants: number; readonly killed: number }

const LEAST = 0.9

export function files(outcomes: readonly Outcome[]): readonly Row[] {
  const counted = Map.groupBy(
    outcomes.filter(({ status }) => status !== 'static'),
    ({ fileName }) => fileName,
  )
  return [...counted].map(([file, all]) => {
    const killed = all.filter(({ status }) => status === 'killed').length
    return { file, mutants: all.length, killed }
  })
}

export function isBelow({ killed, mutants }: Row): boolean {
  return killed < LEAST * mutants
}

/** A line for each that no test noticed: where, what stood there, what stood there instead. */
export function survivors(
  outcomes: readonly Outcome[],
  sourceOf: (file: string) => string,
): readonly string[] {
  return outcomes
    .filter(({ status }) => status === 'survived' || status === 'noTest')
    .map(({ fileName, location: { end, start }, mutatorName, replacement, status }) => {
      const lines = sourceOf(fileName).split('\n')
      const first = lines[start.line]?.slice(
        start.column,
        end.line === start.line ? end.column : undefined,
      )
      const instead = replacement.replaceAll(/\s+/g, ' ').slice(0, 80)
      const untested = status === 'noTest' ? ', reached by no test' : ''
      return `${fileName}:${start.line + 1} ${mutatorName}${untested}: ${first} -> ${instead}`
    })
}
