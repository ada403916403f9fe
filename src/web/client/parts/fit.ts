/** One message is never scrolled: what has no room gets a smaller step of type, while the keys stay where they are. */
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** How often the type becomes smaller (`data-fit` in the style sheets); below that nobody reads it, and a test finds what still does not fit. */
const FIT_STEPS = 2

/** Put on an element that has a fixed room: after each drawing, before it is painted, it gets the first step of type that fits. */
export function useFit<Kind extends HTMLElement>(): RefObject<Kind | null> {
  const held = useRef<Kind>(null)
  // Without a list of what it depends on: whatever is drawn beside it changes its room.
  useLayoutEffect(() => {
    const { current } = held
    if (current === null) return
    delete current.dataset['fit']
    for (let step = 1; step <= FIT_STEPS && !fits(current); step += 1)
      current.dataset['fit'] = String(step)
  })
  return held
}

function fits(element: HTMLElement): boolean {
  const { clientHeight, clientWidth, scrollHeight, scrollWidth } = element
  // Heights are rounded, each by itself.
  return scrollHeight <= clientHeight + 1 && scrollWidth <= clientWidth + 1
}
