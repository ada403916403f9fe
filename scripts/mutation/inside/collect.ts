/** Stands in the place of `vitest` for the tests of a mutation run: they are kept in a list, to be run as often as there are mutants. */
export { expect, vi } from 'vitest'

type Body = (...args: readonly unknown[]) => unknown
type Collected = { readonly name: string; readonly run: () => unknown }

/** In the order in which they were written. */
export const collected: Collected[] = []

const hooks: (() => unknown)[] = []
export const afterEach = (hook: () => unknown): void => void hooks.push(hook)

/** Those of every file run after every test: they only put back what a test has changed. */
function keep(name: string, body: () => unknown): void {
  const run = async (): Promise<void> => {
    try {
      await body()
    } finally {
      for (const hook of hooks) await hook()
    }
  }
  collected.push({ name, run })
}

const add = (name: string, ...rest: readonly unknown[]): void => {
  const body = bodyOf(rest)
  if (body !== undefined) keep(name, () => body())
}

/** The options may stand before the body, or be a number behind it. */
function bodyOf(rest: readonly unknown[]): Body | undefined {
  return rest.find((one): one is Body => typeof one === 'function')
}

/** Rows in lists are spread over the arguments, unless `whole`. */
function forRows(begin: (name: string, body: () => unknown) => void, whole = false) {
  return (rows: readonly unknown[]) =>
    (name: string, ...rest: readonly unknown[]): void => {
      const body = bodyOf(rest)
      if (body === undefined) return
      for (const row of rows)
        begin(name, () => (Array.isArray(row) && !whole ? body(...row) : body(row)))
    }
}

const group = (_name: string, body: () => unknown): void => void body()

export const test = Object.assign(add, { each: forRows(keep), for: forRows(keep, true) })
export const describe = Object.assign(group, { each: forRows(group) })
