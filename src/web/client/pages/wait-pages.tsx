/** Pages on which the terminal waits for the customer or the host: what is awaited, until when, and the way out. */
import { Keyboard } from 'lucide'
import type { VNode } from 'preact'
import type { Money, View } from '#shell/api/view.ts'
import type { Desk, PageProps } from '../desk.ts'
import { CancelOnly, Options } from '../parts/answers.tsx'
import { Figure } from '../parts/figure.tsx'
import { Icon } from '../parts/icon.tsx'
import { KeyPad } from '../parts/key-pad.tsx'
import { MeansList } from '../parts/means.tsx'
import { Say } from '../parts/say.tsx'
import { WaitLine } from '../parts/wait-line.tsx'
import { lastFour, wordFor } from '../words.ts'

/** Card and code at once. */
export function PresentPage({ desk, page }: PageProps<'present'>): VNode {
  const { words, view, press, choose, code, typeCode, clockAheadMs } = desk
  if (code !== null) return <TypedCode desk={desk} code={code} />
  // What goes back to a card, or is only asked of one, takes no code.
  const cardOnly = page.means.length > 0 && !page.means.includes('code')
  const question = cardOnly ? words.screen['askForCard'] : words.pages['present']?.question
  return (
    <>
      <Asked view={view} amount={page.amount} />
      <WaitLine words={words} wait={page.wait} clockAheadMs={clockAheadMs} />
      <MeansList words={words} means={page.means} />
      <Say words={words} question={question ?? ''} message={view.message} />
      {page.options === undefined ? null : (
        <Options words={words} options={page.options} choose={choose} />
      )}
      <CancelOnly
        words={words}
        press={press}
        {...(page.mayType === true
          ? { beside: <TypeCode words={words} typeCode={typeCode} /> }
          : {})}
      />
    </>
  )
}

function TypeCode({ words, typeCode }: Pick<Desk, 'words' | 'typeCode'>): VNode {
  return (
    <button type="button" class="key word k-leave" data-option="typeCode" onClick={typeCode}>
      <Icon of={Keyboard} />
      <span>{wordFor(words.options, 'typeCode')}</span>
    </button>
  )
}

/** The digits under the customer's payment code; but the last four they are shown as dots. */
function TypedCode({ desk, code }: { readonly desk: Desk; readonly code: string }): VNode {
  const { words, press } = desk
  const shown = `${'●'.repeat(Math.max(0, code.length - 4))}${code.slice(-4)}`
  return (
    <>
      <dl class="fields">
        <div class="field active" data-field="code">
          <dt>
            {words.screen.codeDigits} {code.length}
          </dt>
          <dd>{shown}</dd>
        </div>
      </dl>
      <Say words={words} question={words.screen.askCodeDigits} message={null} />
      <KeyPad words={words} press={press} money={false} />
    </>
  )
}

/** The customer types on the PIN pad; the digits never come here. */
export function PinPage({ desk, page }: PageProps<'pin'>): VNode {
  const { words, view, press, clockAheadMs } = desk
  return (
    <>
      <Asked view={view} amount={page.amount} />
      <WaitLine words={words} wait={page.wait} clockAheadMs={clockAheadMs} />
      <p class="detail">{page.masked}</p>
      <Say words={words} question={words.pages['pin']?.question ?? ''} message={view.message} />
      <CancelOnly words={words} press={press} />
    </>
  )
}

/** Something is under way with the host or the card. Cancel is offered while it can still be asked for. */
export function WorkingPage({ desk, page }: PageProps<'working'>): VNode {
  const { words, view, press, clockAheadMs } = desk
  const cancellable =
    (page.doing === 'authorizing' || page.doing === 'querying') && !page.cancelAsked
  return (
    <>
      {page.amount === null ? null : <Asked view={view} amount={page.amount} />}
      <WaitLine words={words} wait={page.wait} clockAheadMs={clockAheadMs} />
      {page.channel === '' && page.last4 === '' ? null : (
        <p class="detail">
          {page.channel === '' ? '' : wordFor(words.channels, page.channel)}
          {page.last4 === '' ? '' : ` ${lastFour(words, page.last4)}`}
        </p>
      )}
      <Say
        words={words}
        question={view.message === null ? wordFor(words.doing, page.doing) : ''}
        message={view.message}
      />
      {cancellable ? <CancelOnly words={words} press={press} /> : null}
    </>
  )
}

/** The amount, unless none is asked for: a zero would be taken for one. */
function Asked({ view, amount }: { readonly view: View; readonly amount: Money }): VNode | null {
  return view.work === 'balance' ? null : <Figure amount={amount} />
}
