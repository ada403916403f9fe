/** A trap: the key that confirms a question about money stands under the finger that opened it, and a second tap would confirm it. */
import type { Page } from 'playwright-core'

/** Fingers that tap twice are done by then, on a page that comes late too. */
const SECOND_TAP_MS = 1500

/** So long the answer to a key may be on its way, on a crowded machine: the page that comes then is the key's, and no touch opened it. */
const ANSWER_MS = 1000

/**
 * Notes where the last touch was when a question that moves money or closes the day opens. A touch of long ago has not opened it: the
 * page changed by itself, and there is no second half of a double tap to come.
 */
const WATCH_FOR_TRAPS = `(() => {
  let touch = null
  let page = ''
  let touchedAt = 0
  let keyed = { at: -Infinity, on: '' }
  const revision = () => document.querySelector('[data-revision]')?.dataset.revision
  addEventListener('pointerdown', ({ clientX, clientY }) => {
    if (keyed.on === revision() && performance.now() - keyed.at < ${ANSWER_MS}) return
    touch = [clientX, clientY]
    touchedAt = performance.now()
  }, true)
  addEventListener('keydown', () => {
    touch = null
    keyed = { at: performance.now(), on: revision() }
  }, true)
  const look = () => {
    const shown = document.querySelector('[data-page-id]')
    if (shown === null) return
    // The key may come later than its page.
    const now = shown.dataset.pageId + (document.querySelector('[data-key=confirm]') ? '' : ' without its key')
    if (now === page) return
    const from = page
    page = now
    if (touch === null || !['confirmAmount', 'confirmCode', 'totals'].includes(shown.dataset.page)) return
    const under = document.elementFromPoint(...touch)?.closest('[data-key=confirm]')
    const ms = Math.round(performance.now() - touchedAt)
    if (under && ms < ${SECOND_TAP_MS}) window.trapped(page + ' from ' + from + ', ' + ms + ' ms after the touch')
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
})()`

/**
 * Watches this document and all that are opened after it, as the counter is again after the day's report. What is given tells the traps
 * up to now. The page must have touch.
 */
export async function watchForTraps(page: Page): Promise<() => readonly string[]> {
  const traps: string[] = []
  await page.exposeFunction('trapped', (trap: string) => void traps.push(trap))
  await page.addInitScript(WATCH_FOR_TRAPS)
  await page.evaluate(WATCH_FOR_TRAPS)
  return () => traps
}
