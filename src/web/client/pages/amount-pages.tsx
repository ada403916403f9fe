/** Typing the amount, and the one question about it before anything else happens. */
import type { VNode } from 'preact'
import type { PageProps } from '../desk.ts'
import { CancelOnly, YesNo } from '../parts/answers.tsx'
import { Beside } from '../parts/beside.tsx'
import { Bill } from '../parts/bill.tsx'
import { Figure } from '../parts/figure.tsx'
import { KeyPad } from '../parts/key-pad.tsx'
import { Say } from '../parts/say.tsx'
import { WaitLine } from '../parts/wait-line.tsx'
import { fill, lastFour, wordFor } from '../words.ts'

/**
 * Home, and the page of the confirmation for a usual amount: what is typed is asked about, and the key says what it charges. Whatever
 * else an amount is typed for asks in its own words.
 */
export function AmountPage({ desk, page }: PageProps<'amount'>): VNode {
  const { words, view, press, reprint } = desk
  const isSale = view.direction === 'in' && view.work === undefined
  const asks = isSale && page.amount.minor > 0 ? 'confirmAmount' : 'amount'
  const about = view.direction === 'none' ? 'none' : (view.work ?? 'sale')
  const own = words.pages[`amount.${about}`] ?? words.pages[asks]
  const question = own?.question ?? ''
  return (
    <>
      <Figure amount={page.amount} typed={page.typed} />
      <Say words={words} question={view.message === null ? question : ''} message={view.message} />
      <KeyPad
        words={words}
        press={press}
        money={true}
        {...(asks === 'amount'
          ? {}
          : { charge: { word: words.screen.charge, amount: page.amount } })}
        {...(page.mayReprint === true ? { reprint } : {})}
      />
    </>
  )
}

/** The amount once more, and nothing beside it but the bill of the till that sent it, or the payment that it is about. */
export function ConfirmAmountPage({ desk, page }: PageProps<'confirmAmount'>): VNode {
  const { words, view, press } = desk
  const isSaid = page.original !== undefined && view.message !== null
  return (
    <>
      <Figure amount={page.amount} />
      {page.order === undefined ? null : <Bill words={words} order={page.order} />}
      {page.original === undefined ? null : (
        <Beside
          words={words}
          original={page.original}
          amount={page.amount}
          work={view.work ?? ''}
        />
      )}
      <Say
        words={words}
        question={isSaid ? '' : (words.pages['confirmAmount']?.question ?? '')}
        message={view.message}
      />
      <YesNo words={words} press={press} yes={words.screen.amountRight} />
    </>
  )
}

/** An unusual amount stands for a moment. Nothing is asked, and only the way back can be pressed. */
export function LookAtAmountPage({ desk, page }: PageProps<'lookAtAmount'>): VNode {
  const { words, view, press, clockAheadMs } = desk
  return (
    <>
      <Figure amount={page.amount} />
      <WaitLine words={words} wait={page.wait} clockAheadMs={clockAheadMs} />
      <Say words={words} question="" message={view.message} />
      <CancelOnly words={words} press={press} />
    </>
  )
}

/** The amount once more from the head, or from the price tag: nothing of the first entry stands here. */
export function RekeyAmountPage({ desk, page }: PageProps<'rekeyAmount'>): VNode {
  const { words, view, press } = desk
  const question = words.pages['rekeyAmount']?.question ?? ''
  return (
    <>
      <Figure amount={page.amount} typed={page.typed} />
      <Say words={words} question={view.message === null ? question : ''} message={view.message} />
      <KeyPad words={words} press={press} money={true} menu={false} />
    </>
  )
}

/** The code that was read looks odd: take it? */
export function ConfirmCodePage({ desk, page }: PageProps<'confirmCode'>): VNode {
  const { words, view, press } = desk
  const question = fill(words, words.pages['confirmCode']?.question ?? '', {
    channel: page.channel,
    last4: page.last4,
  })
  return (
    <>
      <Figure amount={page.amount} />
      <p class="detail">
        {wordFor(words.channels, page.channel)} {lastFour(words, page.last4)}
      </p>
      <Say words={words} question={question} message={view.message} />
      <YesNo words={words} press={press} yes={words.screen.takeCode} raised={true} />
    </>
  )
}
