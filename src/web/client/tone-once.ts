/** A view may be sent again, for example after a reconnect; its sound may not. */
import type { View } from '#shell/api/view.ts'

export type Tone = NonNullable<View['tone']>

/** Returns what to call with every view: plays each revision's tone once, and none for the first view after a gap. */
export function toneOnce(play: (tone: Tone) => void): (view: View | null) => void {
  let last: number | null = null
  return (view) => {
    if (view !== null && last !== null && view.revision > last && view.tone !== null)
      play(view.tone)
    last = view?.revision ?? null
  }
}
