/** Operator number and PIN. The digits stay on this page until they are complete; the PIN is shown as dots. */
import type { VNode } from 'preact'
import type { Message } from '#shell/api/view.ts'
import type { Desk, PageProps } from '../desk.ts'
import { typedOf } from '../entry.ts'
import { KeyPad } from '../parts/key-pad.tsx'
import { Say } from '../parts/say.tsx'
import { fill, otherLocale, wordFor } from '../words.ts'

/** Operator number, then PIN. */
export function SignInPage({ desk }: PageProps<'signIn'>): VNode {
  const { words, view, entry, press } = desk
  return (
    <>
      <Fields fields={operatorFields(desk)} />
      <Say
        words={words}
        question={entry.step === 'operator' ? words.screen.askOperator : words.screen.askPin}
        message={view.message}
      />
      <KeyPad words={words} press={press} money={false} speak={otherLanguage(desk)} />
    </>
  )
}

/** Number and PIN of who takes over; the sale that waits stays in sight, and cancel with nothing typed goes back to it. */
export function HandOverPage({ desk, page }: PageProps<'handOver'>): VNode {
  const { words, view, entry, press } = desk
  const told = typedOf(entry) === '' && entry.step === 'operator' ? view.message : null
  const asked = entry.step === 'operator' ? words.screen.askOperator : words.screen.askPin
  return (
    <>
      <p class="waiting-sale">￥{page.amount.text.replaceAll(',', '\u2009')}</p>
      <Fields fields={operatorFields(desk)} />
      <Say words={words} question={told === null ? asked : ''} message={told} />
      <KeyPad words={words} press={press} money={false} />
    </>
  )
}

/** A second person's operator number and PIN. */
export function ApprovePage({ desk, page }: PageProps<'approve'>): VNode {
  const { words, view, entry, press } = desk
  const told = typedOf(entry) === '' ? view.message : null
  const whom =
    page.needsBadge === true ? words.screen.askBadge : (words.pages['approve']?.question ?? '')
  const asked = entry.step === 'operator' ? whom : words.screen.askPin
  // What is to be approved was worded for a number and a PIN.
  const needsCardFirst = page.needsBadge === true && told?.key.startsWith('approve.') === true
  return (
    <>
      <Fields fields={operatorFields(desk)} />
      <Say
        words={words}
        question={told === null ? asked : ''}
        message={told}
        {...(needsCardFirst ? { now: whom } : {})}
      />
      <KeyPad words={words} press={press} money={false} />
    </>
  )
}

/** The voucher number of the original slip. */
export function FindOriginalPage({ desk, page }: PageProps<'findOriginal'>): VNode {
  const { words, view, press } = desk
  // Where slips of other terminals are taken too, the message asks for both.
  const isAsked = page.by === undefined && !(page.elsewhere === true && view.message !== null)
  return (
    <>
      <Fields
        fields={[
          {
            id: 'trace',
            label: page.by === undefined ? words.screen.voucher : words.screen.searchBy[page.by],
            shown: page.typed,
            active: true,
          },
        ]}
      />
      <Say
        words={words}
        question={isAsked ? (words.pages['findOriginal']?.question ?? '') : ''}
        message={view.message}
      />
      <KeyPad
        words={words}
        press={press}
        money={page.by === 'amount' || page.by === 'proof'}
        menu={page.elsewhere === true}
      />
    </>
  )
}

function operatorFields({ words, entry }: Desk): readonly Field[] {
  return [
    {
      id: 'operator',
      label: words.screen.operator,
      shown: entry.operator,
      active: entry.step === 'operator',
    },
    {
      id: 'pin',
      label: words.screen.operatorPin,
      shown: dots(entry.pin),
      active: entry.step === 'pin',
    },
  ]
}

/** A PIN of one's own, typed twice. */
export function SetPinPage({ desk, page }: PageProps<'setPin'>): VNode {
  const { words, view, entry, press } = desk
  const mismatch: Message = { key: 'setPin.mismatch', params: {} }
  const who = { operator: page.operator, role: wordFor(words.roles, page.role) }
  return (
    <>
      <Fields
        fields={[
          {
            id: 'pin',
            label: words.screen.newPin,
            shown: dots(entry.pin),
            active: entry.step === 'pin',
          },
          {
            id: 'pinAgain',
            label: words.screen.newPinAgain,
            shown: dots(entry.again),
            active: entry.step === 'pinAgain',
          },
        ]}
      />
      <Say
        words={words}
        question={fill(words, words.pages['setPin']?.question ?? '', who)}
        message={entry.mismatch ? mismatch : typedOf(entry) === '' ? view.message : null}
      />
      <KeyPad words={words} press={press} money={false} speak={otherLanguage(desk)} />
    </>
  )
}

type Field = {
  readonly id: string
  readonly label: string
  readonly shown: string
  readonly active: boolean
}

function Fields({ fields }: { readonly fields: readonly Field[] }): VNode {
  return (
    <dl class="fields">
      {fields.map(({ id, label, shown, active }) => (
        <div class={active ? 'field active' : 'field'} key={id} data-field={id}>
          <dt>{label}</dt>
          <dd>{shown}</dd>
        </div>
      ))}
    </dl>
  )
}

function otherLanguage({ words, speak }: Desk): () => void {
  return () => speak(otherLocale(words.locale))
}

function dots(typed: string): string {
  return '●'.repeat(typed.length)
}
