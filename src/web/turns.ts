/**
 * Two counters may stand at one terminal. Each sees what the other does a moment later, so an action is taken only when its
 * counter had seen what the others did before it.
 */
import type { Action, StaleReason, View } from '#shell/api/view.ts'

export type Turns = {
  /** Why this action of `screen`, done on the view with `seen`, comes too late; null when it does not, and then it counts as taken. */
  readonly take: (screen: unknown, seen: number, action: Action) => StaleReason | null
}

/** `view` gives the newest view. */
export function createTurns(view: () => Pick<View, 'revision' | 'page'>): Turns {
  let last: { readonly screen: unknown; readonly revision: number } | null = null
  return {
    take(screen, seen, action) {
      // A language is no answer to a question; two people who choose one cannot harm each other.
      // A signature names the payment that it is for.
      if (action.type === 'locale' || action.type === 'sign') return null
      const newest = view()
      const unseen = last !== null && last.screen !== screen && seen <= last.revision
      if (unseen && seen < newest.revision) return 'otherCounter'
      if (action.page !== newest.page) return 'pageGone'
      last = { screen, revision: newest.revision }
      return null
    },
  }
}
