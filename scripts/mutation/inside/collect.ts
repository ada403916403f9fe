/** Stands in the place of `vitest` for the tests of a mutation run: they are kept in a list, to be run as often as there are mutants. */
export { expect, vi } from 'vitest'

type Body = (...args: readonly unknown[]) => unknown
type Collected = { readonly name: string; readonly run: () => unknown }

/** In the order in which they were written. */
export const collected: Collected[] = []

const add = (name: string, ...rest: readonly unknown[]): void => {
  const body = bodyOf(rest)
  if (body !== undefined) collected.push({ name, run: () => body() })
}

/** The options may stand before the body, or be a number behind it. */
function bodyOf(rest: readonly unknown[]): Body | undefined {
  return rest.find((one): one is Body => typeof one === 'function')
}

const each =
  (rows: readonly unknown[]) =>
  (name: string, ...rest: readonly unknown[]): void => {
    const body = bodyOf(rest)
    if (body === undefined) return
    for (const row of rows)
      collected.push({ name, run: () => (Array.isArray(row) ? body(...row) : body(row)) })
  }

const forEach =
  (rows: readonly unknown[]) =>
  (name: string, ...rest: readonly unknown[]): void => {
    const body = bodyOf(rest)
    if (body === undefined) return
    for (const row of rows) collected.push({ name, run: () => body(row) })
  }

const nothing = (): void => undefined

export const test = Object.assign(add, { each, for: forEach, skip: nothing })
export const describe = (_name: string, body: () => void): void => body()
export const afterEach = nothing
