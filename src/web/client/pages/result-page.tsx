/** The result as a full field of colour with one word, readable by someone who is talking to a customer. */
import { Check, CircleQuestionMark, type IconNode, X } from 'lucide'
import type { VNode } from 'preact'
import type { Option, RecordView } from '#shell/api/view.ts'
import type { Desk, PageOf, PageProps } from '../desk.ts'
import { Confirm, Leave, Options } from '../parts/answers.tsx'
import { Figure } from '../parts/figure.tsx'
import { useFit } from '../parts/fit.ts'
import { Icon } from '../parts/icon.tsx'
import { Told } from '../parts/say.tsx'
import { lastFour, type Words, wordFor } from '../words.ts'

export const OUTCOME_ICONS: Readonly<Record<PageOf<'result'>['outcome'], IconNode>> = {
  approved: Check,
  notPaid: X,
  unknown: CircleQuestionMark,
}

/** One word, the amount, by what means, the slips, and the next step. */
export function ResultPage({ desk, page }: PageProps<'result'>): VNode {
  const { words, view, press, choose } = desk
  const held = useFit<HTMLDivElement>()
  const partly = page.outcome === 'approved' && page.rest !== undefined
  const word = outcomeWord(words, page.outcome, partly ? 'partly' : view.work)
  return (
    <div class={`result ${page.outcome}`} data-testid="result" data-outcome={page.outcome}>
      <div class="result-field" ref={held}>
        <h2 class="result-word">
          <Icon of={OUTCOME_ICONS[page.outcome]} />
          {word}
        </h2>
        {page.outcome !== 'approved' && view.work === 'balance' ? null : (
          <Figure amount={page.amount} />
        )}
        {page.due === undefined || page.rest === undefined ? null : (
          <p class="result-rest" data-testid="rest">
            {words.screen.due} {page.due.text} · {words.screen.rest} {page.rest.text}
          </p>
        )}
        <p class="detail result-facts">
          {page.channel === '' ? null : <span>{wordFor(words.channels, page.channel)}</span>}
          {page.last4 === '' ? null : <span>{lastFour(words, page.last4)}</span>}
          {page.trace === '' ? null : (
            <span>
              {words.screen.trace} {page.trace}
            </span>
          )}
        </p>
        {view.message === null ? null : <Told words={words} message={view.message} />}
        <Slips words={words} slips={page.slips} />
      </div>
      <div class="result-answers">
        <Options words={words} options={besidesConfirm(page)} choose={choose} />
        {isTearing(page) || collects(page) ? <Leave words={words} press={press} /> : null}
        <Confirm words={words} press={press} label={confirmWord(desk, page)} />
      </div>
    </div>
  )
}

/** How each copy stands, and the signature where there is one. */
export function Slips({
  words,
  slips,
  signature,
}: {
  readonly words: Words
} & Pick<RecordView, 'slips' | 'signature'>): VNode | null {
  if (slips.length === 0 && signature === undefined) return null
  return (
    <ul class="slips">
      {slips.map((slip) => (
        <li key={slip.id} data-slip={slip.id} data-state={slip.state}>
          <span>{wordFor(words.copies, slip.copy)}</span>
          <span>{wordFor(words.slips, slip.state)}</span>
        </li>
      ))}
      {signature === undefined ? null : (
        <li data-signature={signature}>
          <span>{words.screen.signField}</span>
          <span>{wordFor(words.screen.signature, signature)}</span>
        </li>
      )}
    </ul>
  )
}

/** Confirm answers the tear while a copy waits for it, then collects what is still due, and leaves the page otherwise. */
function confirmWord({ words }: Desk, page: PageOf<'result'>): string {
  if (!isTearing(page) && collects(page)) return wordFor(words.options, 'collect')
  return isTearing(page) ? wordFor(words.options, 'tornOff') : words.screen.next
}

/** What confirm does here stands on it already. */
function besidesConfirm(page: PageOf<'result'>): readonly Option[] {
  return isTearing(page) ? page.options : page.options.filter(({ id }) => id !== 'collect')
}

/** Confirm opens the question about what is still due; at the right, because that question has its own confirm at the left. */
function collects(page: PageOf<'result'>): boolean {
  return page.options.some(({ id }) => id === 'collect')
}

/** A copy waits until the one before it is torn off. */
function isTearing(page: PageOf<'result'>): boolean {
  return page.slips.some((slip) => slip.state === 'awaitingTear')
}

/** The word of this work where it has one: what went back or was held was not "paid". */
export function outcomeWord(words: Words, outcome: string, work: string | undefined): string {
  return words.outcomes[`${outcome}.${work ?? ''}`] ?? wordFor(words.outcomes, outcome)
}
