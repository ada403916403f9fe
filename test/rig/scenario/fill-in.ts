/** A table gives one scenario per row: `<name>` in the scenario stands for the value of that column. */

export type Row = Readonly<Record<string, unknown>>

/** Every combination of one row and one value of each list. No lists: the rows themselves. */
export function combine(
  rows: readonly Row[],
  lists: Readonly<Record<string, readonly unknown[]>>,
): readonly Row[] {
  return Object.entries(lists).reduce<readonly Row[]>(
    (made, [name, values]) =>
      made.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    rows,
  )
}

/**
 * A text that is nothing but `<name>` becomes the value itself, and in a list a list is put in piece by piece; within longer
 * text the value is written out. An unknown name stays as it is. Values may name other columns, `DEPTH` deep.
 */
export function fillIn(value: unknown, row: Row, depth = DEPTH): unknown {
  if (typeof value === 'string') return fillText(value, row, depth)
  if (Array.isArray(value)) return value.flatMap((item: unknown) => fillItem(item, row, depth))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, fillIn(item, row, depth)]),
  )
}

const DEPTH = 4
const WHOLE = /^<([a-zA-Z][a-zA-Z0-9]*)>$/
const WITHIN = /<([a-zA-Z][a-zA-Z0-9]*)>/g

function fillItem(item: unknown, row: Row, depth: number): readonly unknown[] {
  const filled = fillIn(item, row, depth)
  const spliced = typeof item === 'string' && WHOLE.test(item) && Array.isArray(filled)
  return spliced ? filled : [filled]
}

function fillText(text: string, row: Row, depth: number): unknown {
  const [, whole] = WHOLE.exec(text) ?? []
  if (whole !== undefined) {
    const value = row[whole]
    if (value === undefined) return text
    return depth > 0 ? fillIn(value, row, depth - 1) : value
  }
  return text.replace(WITHIN, (mark, name: string) => {
    const value = row[name]
    return value === undefined ? mark : asText(value)
  })
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
