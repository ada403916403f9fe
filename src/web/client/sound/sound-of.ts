/** Which sound a change of the view makes. A view may be sent again, for example after a reconnect; its sound may not. */
import type { View } from '#shell/api/view.ts'

export type Sound =
  | NonNullable<View['tone']>
  /** Money went back to the customer: not to be taken for money that came. */
  | 'refunded'
  /** Somebody has to come or to look: a second person is asked for, or something new is out of order. */
  | 'attention'

/** Returns what to call with every view: plays each revision's sound once, and none for the first view after a gap. */
export function soundOnce(play: (sound: Sound) => void): (view: View | null) => void {
  let last: View | null = null
  return (view) => {
    if (view !== null && last !== null && view.revision > last.revision) {
      const sound = soundOf(view, last)
      if (sound !== null) play(sound)
    }
    last = view
  }
}

/** A result is heard before everything else; what needs somebody is heard before the click of a key. */
function soundOf(view: View, before: View): Sound | null {
  const { tone } = view
  if (tone === 'success') return view.direction === 'out' ? 'refunded' : tone
  if (tone === 'fail' || tone === 'unknown') return tone
  const asks = view.counter.kind === 'approve' && before.counter.kind !== 'approve'
  return asks || troubles(view) > troubles(before) ? 'attention' : tone
}

function troubles({ strip }: View): number {
  return strip.faults.length + strip.openItems + (strip.paper === 'out' ? 1 : 0)
}
