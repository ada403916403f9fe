/**
 * State after state past the measures, inside the page: it believes its socket brings them. Nothing is painted and nobody waits for a round
 * trip, so all states on all sizes cost seconds. What looks exactly as before is not measured again.
 */
import type { Page } from 'playwright-core'
import { customerView } from '#shell/api/customer-view.ts'
import type { Locale, Look, Push, ScreenName } from '#shell/api/view.ts'
import { type Fixture, shownIn } from './fixtures/parts.ts'

const LOCALES: readonly Locale[] = ['zh-CN', 'en']

/** Before the page's own scripts: its socket is ours. */
export const OWN_SOCKET = `
  window.WebSocket = class {
    static OPEN = 1
    readyState = 1
    constructor() { window.ours = this; queueMicrotask(() => this.onopen?.()) }
    send() {}
    close() {}
  }`

export type Parade = {
  readonly screen: ScreenName
  readonly states: readonly Fixture[]
  /** Scripts that give lists of faults, or promise them. */
  readonly measures: readonly string[]
  /** What a measure depends on: words and all, or only which elements stand there with a word in them. */
  readonly by?: 'words' | 'structure'
  /** What is done on each state before it is measured. */
  readonly first?: string
  readonly look?: Look
}

export type Paraded = {
  readonly faults: readonly string[]
  /** Looks that were measured, of the states in both languages. */
  readonly measured: number
}

/** The page must have been opened with `OWN_SOCKET`, on that screen. Rejects when a state is not drawn. */
export async function parade(page: Page, order: Parade): Promise<Paraded> {
  const { by = 'words', first = '', look, measures, screen, states } = order
  const shown = states.flatMap(({ name, view }) =>
    LOCALES.map((locale) => ({ name: `${screen} ${name} ${locale}`, view: shownIn(view, locale) })),
  )
  const steps = shown.map(({ name, view }) => ({ name, push: pushOf(screen, view) }))
  const done: Paraded = await page.evaluate(
    `(${walk})(${JSON.stringify({ by, look, steps })}, async () => { ${first} }, async () => [${measures
      .map((measure) => `...await ${measure}`)
      .join(', ')}])`,
  )
  return done
}

/** Revision and page are counted on by the page that shows them. */
function pushOf(screen: ScreenName, view: Fixture['view']): Push {
  return screen === 'counter'
    ? { type: 'view', view }
    : { type: 'customerView', view: customerView(view) }
}

/** Runs in the browser. */
const walk = `async ({ by, look, steps }, first, measure) => {
  const channel = new MessageChannel()
  const breath = () => new Promise((resolve) => {
    channel.port1.onmessage = resolve
    channel.port2.postMessage(0)
  })
  const tell = (push) => window.ours.onmessage({ data: JSON.stringify(push) })
  const until = async (name, isSo) => {
    const late = performance.now() + 10000
    while (!isSo()) {
      if (performance.now() > late) throw new Error(name + ' is not drawn')
      await breath()
    }
  }
  const screen = document.querySelector('#screen')
  const looksLike = () => {
    const markup = document.documentElement.lang + screen.innerHTML.replaceAll(/ data-(revision|page-id)="[^"]*"/g, '')
    return by === 'words' ? markup : markup.replaceAll(/>[^<]+</g, '>x<').replaceAll(/(style|data-[a-z]+|href|key)="[^"]*"/g, '')
  }
  if (look !== undefined) tell({ type: 'look', look })
  window.revision ??= 100000
  const known = new Set()
  const faults = []
  for (const { name, push } of steps) {
    const { view } = push
    const revision = ++window.revision
    view.revision = revision
    if ('page' in view) view.page = 'page-' + revision
    tell(push)
    await until(name, () => screen.querySelector('[data-revision]')?.dataset.revision === String(revision))
    if (view.counter?.kind === 'parameters')
      await until(name, () => document.querySelector('html[lang="' + view.locale.counter + '"] [data-parameter]') !== null)
    await first()
    const like = looksLike()
    if (known.has(like)) continue
    known.add(like)
    for (const fault of await measure()) faults.push(name + ': ' + fault)
  }
  return { faults, measured: known.size }
}`
