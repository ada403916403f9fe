/** The payment that is meant, beside what is asked for now: the mistake of the neighbouring record is seen here or nowhere. */
import type { ComponentChildren, VNode } from 'preact'
import type { Money, OriginalView } from '#shell/api/view.ts'
import { lastFour, type Words, wordFor } from '../words.ts'

type BesideProps = {
  readonly words: Words
  readonly original: OriginalView
  readonly amount: Money
  /** Locale key `screen.work.<work>` of what is asked for. */
  readonly work: string
}

export function Beside({ words, original, amount, work }: BesideProps): VNode {
  const { record, givenBack, left } = original
  return (
    <div class="beside" data-testid="beside" data-item={record.id}>
      <Column title={words.screen.original} amount={record.amount}>
        <p>
          {wordFor(words.channels, record.channel)}
          {record.last4 === '' ? '' : ` ${lastFour(words, record.last4)}`}
        </p>
        {record.trace === '' ? null : (
          <p>
            {words.screen.trace} {record.trace}
          </p>
        )}
        <p>{record.at}</p>
      </Column>
      <Column title={wordFor(words.screen.work, work)} amount={amount}>
        {givenBack.minor === 0 ? null : <Sum word={words.screen.givenBack} amount={givenBack} />}
        {left === undefined ? null : <Sum word={words.screen.leftAfter} amount={left} />}
      </Column>
    </div>
  )
}

function Column(props: {
  readonly title: string
  readonly amount: Money
  readonly children: ComponentChildren
}): VNode {
  return (
    <div class="beside-column">
      <p class="beside-title">{props.title}</p>
      <p class="beside-amount">{yuan(props.amount)}</p>
      {props.children}
    </div>
  )
}

function Sum({ word, amount }: { readonly word: string; readonly amount: Money }): VNode {
  return (
    <p>
      {word} {yuan(amount)}
    </p>
  )
}

function yuan({ text }: Money): string {
  return `￥${text.replaceAll(',', '\u2009')}`
}
