/**
 * The answers of a page that asks one question. Confirm stands on the left here, because on the keypad it is at the right:
 * a second tap at the place of the key that opened the page lands on the safe answer.
 */
import { ArrowLeft, ChevronRight, Circle, X } from 'lucide'
import type { VNode } from 'preact'
import type { Key, Option } from '#shell/api/view.ts'
import { iconOf } from '../option-icons.ts'
import { type Words, wordFor } from '../words.ts'
import { Icon } from './icon.tsx'

type AnswerProps = { readonly words: Words; readonly press: (key: Key) => void }

type YesNoProps = AnswerProps & {
  readonly yes: string
  /** Confirm stands above the row: the question before this one had it at the left of the row. */
  readonly raised?: boolean
}

/** Two answers of equal size. */
export function YesNo({ words, press, yes, raised = false }: YesNoProps): VNode {
  return (
    <div class={raised ? 'answers two raised' : 'answers two'}>
      <Confirm words={words} press={press} label={yes} />
      <Cancel words={words} press={press} />
    </div>
  )
}

/** The one way out of a wait, at the place of the safe answer. */
export function CancelOnly({
  beside,
  ...props
}: AnswerProps & { readonly label?: string; readonly beside?: VNode }): VNode {
  return (
    <div class="answers two">
      {beside ?? <span />}
      <Cancel {...props} />
    </div>
  )
}

/** Confirm with the word that says what it does here. */
export function Confirm({ words, press, label }: AnswerProps & { readonly label?: string }): VNode {
  return (
    <button
      type="button"
      class="key word k-confirm"
      data-key="confirm"
      onClick={() => press('confirm')}
    >
      <Icon of={Circle} />
      <span>{label ?? words.screen.confirm}</span>
    </button>
  )
}

/** Cancel with the word that says what it does here. */
function Cancel({ words, press, label }: AnswerProps & { readonly label?: string }): VNode {
  return (
    <button
      type="button"
      class="key word k-cancel"
      data-key="cancel"
      onClick={() => press('cancel')}
    >
      <Icon of={X} />
      <span>{label ?? words.screen.cancel}</span>
    </button>
  )
}

/** On to the next customer, where confirm does something else first; nothing that is owed is forgotten by it. */
export function Leave({ words, press }: AnswerProps): VNode {
  return (
    <button
      type="button"
      class="key word k-leave"
      data-key="cancel"
      onClick={() => press('cancel')}
    >
      <Icon of={ChevronRight} />
      <span>{wordFor(words.options, 'newSale')}</span>
    </button>
  )
}

type BackProps = AnswerProps & {
  readonly options: readonly Option[]
  readonly choose: (option: string) => void
  /** What stands at the left of it; left out: nothing. */
  readonly beside?: VNode
}

/** The way back, alone at the place of the safe answer; one key, whether the page names it as an option or not. */
export function Back({ words, press, options, choose, beside }: BackProps): VNode {
  const offered = options.some((option) => option.id === 'back')
  return (
    <div class="answers two">
      {beside ?? <span />}
      <button
        type="button"
        class="key word k-cancel"
        data-key="cancel"
        onClick={() => (offered ? choose('back') : press('cancel'))}
      >
        <Icon of={ArrowLeft} />
        <span>{words.screen.back}</span>
      </button>
    </div>
  )
}

type OptionsProps = {
  readonly words: Words
  readonly options: readonly Option[]
  readonly choose: (option: string) => void
  readonly class?: string
  /** False where the digits belong to another row of options just now. */
  readonly keys?: boolean
}

/** Named answers, each with its icon, its word and the key that chooses it. */
export function Options({
  words,
  options,
  choose,
  class: name = 'options',
  keys = true,
}: OptionsProps): VNode {
  return (
    <div class={name}>
      {options.map((option) => (
        <button
          type="button"
          class="key option"
          key={option.id}
          data-option={option.id}
          onClick={() => choose(option.id)}
        >
          <Icon of={iconOf(option.id)} />
          <span class="option-word">{wordFor(words.options, option.id)}</span>
          {keys && option.key !== '' ? <kbd>{option.key}</kbd> : null}
        </button>
      ))}
    </div>
  )
}
