/** Which of the three themes a screen wears: by the configuration, by the clock, and never another one in the middle of a sale. */
import type { Look } from '#shell/api/view.ts'

export type Theme = 'light' | 'dark' | 'contrast'

/** `byClock` is dark between these hours: shops are lit by lamps then, and a white page dazzles. */
const DARK_FROM_HOUR = 18
const DARK_TO_HOUR = 6

/** The theme at this hour of the day, 0 to 23. */
export function themeAt(look: Look, hour: number): Theme {
  if (look.theme !== 'byClock') return look.theme
  return hour >= DARK_FROM_HOUR || hour < DARK_TO_HOUR ? 'dark' : 'light'
}

/** The part of an element that is needed; the page gives its `html`. */
type Dressed = { readonly dataset: Record<string, string | undefined> }

/** Returns what to call with every view: it dresses the page at once, and later only while nothing is going on. */
export function wardrobe(root: Dressed): (look: Look, isIdle: boolean) => void {
  return (look, isIdle) => {
    if (isIdle || root.dataset['theme'] === undefined)
      root.dataset['theme'] = themeAt(look, new Date().getHours())
  }
}
