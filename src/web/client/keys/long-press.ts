/** A key that does something only when it is held: what a finger must not set off in passing. */

/** Longer than a tap of a slow hand, shorter than patience. */
export const HOLD_MS = 600

export type LongPress = {
  readonly onPointerDown: () => void
  readonly onPointerUp: () => void
  readonly onPointerLeave: () => void
  readonly onPointerCancel: () => void
  readonly onContextMenu: (event: Event) => void
}

/** Handlers for one key; `held` is called once for each hold, `tapped` when it was let go sooner. Leaving the key calls neither. */
export function longPress(held: () => void, tapped: () => void): LongPress {
  let timer: ReturnType<typeof setTimeout> | null = null
  const stop = (): boolean => {
    const waited = timer !== null
    if (timer !== null) clearTimeout(timer)
    timer = null
    return waited
  }
  return {
    onPointerDown() {
      stop()
      timer = setTimeout(() => {
        timer = null
        held()
      }, HOLD_MS)
    },
    onPointerUp() {
      if (stop()) tapped()
    },
    onPointerLeave: () => void stop(),
    onPointerCancel: () => void stop(),
    // Browsers open a menu where a finger rests.
    onContextMenu: (event) => event.preventDefault(),
  }
}
