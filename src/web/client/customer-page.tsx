/** What the customer sees for each page. Larger type than the cashier's; the other language small under the first. */
import { ALargeSmall, Languages } from 'lucide'
import type { VNode } from 'preact'
import type { CustomerPage, CustomerView, Locale, Means } from '#shell/api/view.ts'
import type { Desk } from './desk.ts'
import type { LongPress } from './keys/long-press.ts'
import { OUTCOME_ICONS } from './pages/result-page.tsx'
import { Bill } from './parts/bill.tsx'
import { CodeFigure } from './parts/code-figure.tsx'
import { Figure } from './parts/figure.tsx'
import { useFit } from './parts/fit.ts'
import { Icon } from './parts/icon.tsx'
import { MeansList } from './parts/means.tsx'
import { PinPicture, PresentPicture } from './parts/pictures.tsx'
import { SignPad } from './parts/sign-pad.tsx'
import { WaitLine } from './parts/wait-line.tsx'
import { type Words, wordFor } from './words.ts'

type CustomerProps = {
  readonly view: CustomerView
  readonly clockAheadMs: number
  readonly words: Words
  readonly other: Words
  readonly swap: (locale: Locale) => void
  readonly sign: (record: string, ink: string) => void
  /** Asks the terminal for something besides the view. */
  readonly ask: Desk['ask']
  /** Letters half as large again, and nothing beside what counts. */
  readonly isLarge: boolean
  readonly resize: () => void
  /** The page held down anywhere below the bar says itself aloud. */
  readonly guide: LongPress
}

/** The whole customer screen for one view. */
export function Customer(props: CustomerProps): VNode {
  const { view, words, other, swap, isLarge, resize } = props
  const page = view.customer
  const held = useFit<HTMLElement>()
  const outcome = page.kind === 'result' ? ` ${page.outcome}` : ''
  return (
    <div
      class={`customer dir-${view.direction} customer-${page.kind}${outcome}${view.drill ? ' drill' : ''}${isLarge ? ' large' : ''}`}
      data-page={page.kind}
      data-revision={view.revision}
    >
      <header class="customer-bar">
        <h1 class="shop">{view.shopName[words.locale]}</h1>
        {view.drill ? <span class="bar-drill">{words.screen.drill}</span> : null}
        <button
          type="button"
          class="swap"
          data-large={isLarge}
          aria-label={isLarge ? words.screen.normalPrint : words.screen.largePrint}
          onClick={resize}
        >
          <Icon of={ALargeSmall} />
          <span>{isLarge ? words.screen.normalPrint : words.screen.largePrint}</span>
        </button>
        <button
          type="button"
          class="swap"
          data-swap={other.locale}
          onClick={() => swap(other.locale)}
        >
          <Icon of={Languages} />
          {other.screen.language}
        </button>
      </header>
      {view.drill ? <aside class="drill-band">{words.screen.drillBand}</aside> : null}
      <main ref={held} {...(page.kind === 'sign' ? {} : props.guide)}>
        {'amount' in page ? (
          isOfMoney(page, view) ? (
            <Figure amount={page.amount} />
          ) : null
        ) : (
          <p class="customer-say">{view.shopName[words.locale]}</p>
        )}
        {page.kind === 'amount' && page.order !== undefined ? (
          <Bill words={words} order={page.order} />
        ) : null}
        {picture(page)}
        <p class="customer-say" data-testid="say" role="status">
          {wordFor(words.customer, sayKey(words, page, view))}
        </p>
        <p class="customer-other" lang={other.locale}>
          {wordFor(other.customer, sayKey(words, page, view))}
        </p>
        {page.kind === 'result' && page.outcome === 'approved' ? (
          <CodeFigure
            ask={props.ask}
            path="/api/slip-link"
            says={words.screen.slipLink}
            testId="slip-link"
          />
        ) : null}
        <Hint page={page} words={words} />
        <Hint page={page} words={other} />
        {page.kind === 'welcome' ? <MeansList words={words} means={page.means} /> : null}
        {page.kind === 'sign' ? (
          <SignPad
            key={page.record}
            words={words}
            code={page.code}
            sign={(ink) => props.sign(page.record, ink)}
          />
        ) : null}
        {page.kind === 'present' ? (
          <>
            <MeansList words={words} means={page.means} />
            <WaitLine words={words} wait={page.wait} clockAheadMs={props.clockAheadMs} />
          </>
        ) : null}
      </main>
    </div>
  )
}

/** A balance is no amount before it is known. */
function isOfMoney(page: CustomerPage, { work }: CustomerView): boolean {
  return work !== 'balance' || (page.kind === 'result' && page.outcome === 'approved')
}

/** What to have ready, or what to do about the code that was held up; in both languages, because the other one may be the customer's. */
function Hint({
  page,
  words,
}: {
  readonly page: CustomerPage
  readonly words: Words
}): VNode | null {
  const key = hintKey(page)
  return key === null ? null : (
    <p class="customer-hint" lang={words.locale} role="status" data-hint={key}>
      {wordFor(words.customer, key)}
    </p>
  )
}

function hintKey(page: CustomerPage): string | null {
  if (page.kind === 'welcome') return page.means.includes('code') ? 'hint.payCode' : null
  return page.kind === 'present' && page.hint !== undefined ? `hint.${page.hint}` : null
}

function picture(page: CustomerPage): VNode | null {
  // A hint takes its room: what is left would be a speck.
  if (page.kind === 'present')
    return page.hint === undefined ? <PresentPicture means={page.means} /> : null
  if (page.kind === 'pin') return <PinPicture />
  return page.kind === 'result' ? (
    <div class="outcome-picture">
      <Icon of={OUTCOME_ICONS[page.outcome]} />
    </div>
  ) : null
}

/** The narrowest word there is: of this work, else of this direction of money, else of the page. */
function sayKey(words: Words, page: CustomerPage, { direction, work }: CustomerView): string {
  const plain = plainKey(page)
  return (
    [`${plain}.${work ?? ''}`, `${plain}.${direction}`].find((key) => key in words.customer) ??
    plain
  )
}

function plainKey(page: CustomerPage): string {
  if (page.kind === 'present') return presentKey(page.means)
  return page.kind === 'result' ? `result.${page.outcome}` : page.kind
}

/** One instruction, and only for what is taken just now. */
function presentKey(means: readonly Means[]): string {
  if (!means.includes('code')) return means.length === 0 ? 'wait' : 'present.card'
  return means.length === 1 ? 'present.code' : 'present'
}
