/** Sums of the open batch: to look at, or to settle. */
import { List } from 'lucide'
import type { VNode } from 'preact'
import type { PageProps } from '../desk.ts'
import { Back, CancelOnly, YesNo } from '../parts/answers.tsx'
import { thin } from '../parts/figure.tsx'
import { Icon } from '../parts/icon.tsx'
import { Say } from '../parts/say.tsx'
import { type Words, wordFor } from '../words.ts'

/** Count and sum of each kind, what went back with a minus, the net sum below; no sum before it is known; confirm settles when that is what was asked for. */
export function TotalsPage({ desk, page }: PageProps<'totals'>): VNode {
  const { words, view } = desk
  return (
    <>
      <p class="detail">
        {words.screen.batch} {page.batch}
      </p>
      <Say
        words={words}
        question={page.rows === null ? words.screen.addingUp : ''}
        message={view.message}
      />
      <ol class="list" tabIndex={0}>
        {(page.rows ?? []).map(({ work, count, amount, isNegative }) => (
          <li key={work} data-row={work}>
            <span class="record-amount">
              {isNegative ? '-' : ''}￥{thin(amount.text)}
            </span>
            <span class="record-facts">
              {wordFor(words.screen.work, work)} × {count}
            </span>
          </li>
        ))}
        {page.rows === null ? null : (
          <li class="picked net">
            <span class="record-amount">
              {page.isNegative ? '-' : ''}￥{thin(page.net.text)}
            </span>
            <span class="record-facts">{words.screen.net}</span>
          </li>
        )}
      </ol>
      <Answers desk={desk} page={page} />
    </>
  )
}

function Answers({ desk: { words, press }, page }: PageProps<'totals'>): VNode {
  if (page.purpose !== 'settle')
    return (
      <Back
        words={words}
        press={press}
        options={[]}
        choose={() => press('cancel')}
        beside={<DayReport words={words} />}
      />
    )
  // Nothing is settled that was not seen.
  if (page.rows === null) return <CancelOnly words={words} press={press} />
  return <YesNo words={words} press={press} yes={wordFor(words.options, 'settle')} />
}

function DayReport({ words }: { readonly words: Words }): VNode {
  return (
    <a class="key word" data-link="report" data-shortcut="1" href={`/report?lang=${words.locale}`}>
      <Icon of={List} />
      <span>{words.screen.dayReport}</span>
      <kbd>1</kbd>
    </a>
  )
}
