/** The one door between the terminal and its screens: the whole view out, actions in. */
import type { Action, View } from './view.ts'

export type ScreensApi = {
  /** The newest view. Cheap; may be called at any time. */
  view(): View
  /** Called after every change with the newest view; returns the function that stops it. */
  onView(listener: (view: View) => void): () => void
  /** One checked action. An action for a page that is no longer there is dropped. Never throws. */
  act(action: Action): void
  /** The slip as SVG, masked as on paper; null when no slip has this id. */
  slipSvg(id: string): string | null
}
