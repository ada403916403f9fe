/** Waiting for what a page shows, by the page's own changes: no polling and no pause, and every wait has a limit. */
import type { Page } from 'playwright-core'

/** How long a cashier looks at an unchanged page before something is wrong. */
export const PATIENCE_MS = 12_000

/** A place on the glass. */
export type Spot = { readonly x: number; readonly y: number }

/** Resolves once something matches `selector`. Rejects after `PATIENCE_MS` with what is shown instead. */
export async function see(page: Page, selector: string): Promise<void> {
  await patiently(page, `to see ${selector}`, watching(`seek(${JSON.stringify(selector)})`))
}

/** Resolves once nothing matches `selector`. */
export async function seeGone(page: Page, selector: string): Promise<void> {
  const gone = `(seek(${JSON.stringify(selector)}) === null ? true : null)`
  await patiently(page, `for ${selector} to go`, watching(gone))
}

/** The words of the first that matches, once there is one. */
export async function wordsOf(page: Page, selector: string): Promise<string> {
  const found = `seek(${JSON.stringify(selector)})?.innerText ?? null`
  return String(await patiently(page, `for the words of ${selector}`, watching(found)))
}

/** The middle of the first that matches, scrolled to and with nothing above it, once it is so. */
export async function spotOf(page: Page, selector: string): Promise<Spot> {
  const found = await patiently(
    page,
    `to touch ${selector}`,
    watching(`(() => {
      const element = seek(${JSON.stringify(selector)})
      if (element === null) return null
      element.scrollIntoView({ block: 'nearest' })
      const box = element.getBoundingClientRect()
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      return element.contains(document.elementFromPoint(x, y)) ? x + ' ' + y : null
    })()`),
  )
  const [x = 0, y = 0] = String(found).split(' ').map(Number)
  return { x, y }
}

/** A script that resolves with the first value of `look` that is not null, asked again at every change of the page. */
function watching(look: string): string {
  return `new Promise((resolve) => {
    const seek = (selector) => document.querySelector(selector)
    const look = () => ${look}
    const done = (found) => resolve(typeof found === 'string' ? found : '')
    const now = look()
    if (now !== null) return done(now)
    const watcher = new MutationObserver(() => {
      const found = look()
      if (found === null) return
      watcher.disconnect()
      done(found)
    })
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  })`
}

async function patiently(page: Page, what: string, script: string): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      void shown(page).then((instead) => reject(new Error(`waited ${what}; shown: ${instead}`)))
    }, PATIENCE_MS)
  })
  try {
    return await Promise.race([page.evaluate(script), late])
  } finally {
    clearTimeout(timer)
  }
}

async function shown(page: Page): Promise<string> {
  return String(
    await page.evaluate('document.querySelector("#screen")?.innerText ?? location.href'),
  )
}
