/** A terminal made of one view that a test sets by hand; it remembers what the screens asked for. */
import type { ScreensApi } from '#shell/api/screens-api.ts'
import type { Action, View } from '#shell/api/view.ts'

/** As the terminal makes it for its screens. */
export const TOKEN = '0123456789ABCDEF0123456789ABCDEF'

export type FixtureApi = {
  readonly api: ScreensApi
  readonly acted: readonly Action[]
  /** Resolves with the first action not yet taken. */
  nextAction(): Promise<Action>
  /** Shows the view with a higher revision; a new page name when `turn` is set. */
  show(view: View, turn?: boolean): View
  listening(): number
}

/** Starts with `first`; waits in the view are moved so that they run from the moment they are shown. */
export function fixtureApi(first: View): FixtureApi {
  let view = rebase(first)
  let page = 1
  let taken = 0
  const acted: Action[] = []
  const waiting: ((action: Action) => void)[] = []
  const listeners = new Set<(view: View) => void>()
  return {
    acted,
    listening: () => listeners.size,
    nextAction() {
      const ready = acted[taken]
      taken += 1
      if (ready !== undefined) return Promise.resolve(ready)
      return new Promise((resolve) => waiting.push(resolve))
    },
    show(next, turn = true) {
      if (turn) page += 1
      view = { ...rebase(next), revision: view.revision + 1, page: `page-${page}` }
      for (const listener of listeners) listener(view)
      return view
    },
    api: {
      view: () => view,
      onView(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      act(action) {
        acted.push(action)
        waiting.shift()?.(action)
      },
      slipSvg(id) {
        if (id === 'bug') throw new Error('622202 must stand in no answer')
        return id === 's1'
          ? '<svg xmlns="http://www.w3.org/2000/svg"><text>38.50</text></svg>'
          : null
      },
    },
  }
}

function rebase(view: View): View {
  const by = Date.now() - view.now
  const moved = JSON.stringify({ ...view, now: view.now + by }, (key, value: unknown) =>
    (key === 'startedAt' || key === 'deadlineAt') && typeof value === 'number' ? value + by : value,
  )
  const read: View = JSON.parse(moved)
  return read
}
