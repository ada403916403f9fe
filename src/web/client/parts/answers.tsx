/**
 * The answers of a page that asks one question. Confirm stands on the left here, because on the keypad it is at the right:
 * a second tap at the place of the key that opened the page lands on the safe answer.
 */
import { Circle, X } from 'lucide'
import type { VNode } from 'preact'
import type { Key, Option } from '#shell/api/view.ts'
import { iconOf } from '../option-icons.ts'
import { type Words, wordFor } from '../words.ts'
import { Icon } from './icon.tsx'

type AnswerProps = { readonly words: Words; readonly press: (key: Key) => void }

/** Two answers of equal size. */
export function YesNo({ words, press, yes }: AnswerProps & { readonly yes: string }): VNode {
  return (
    <div class="answers two">
      <Confirm words={words} press={press} label={yes} />
      <Cancel words={words} press={press} />
    </div>
  )
}

/** The one way out of a wait, at the place of the safe answer. */
export function CancelOnly(props: AnswerProps & { readonly label?: string }): VNode {
  return (
    <div class="answers two">
      <span />
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
export function Cancel({ words, press, label }: AnswerProps & { readonly label?: string }): VNode {
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

type OptionsProps = {
  readonly words: Words
  readonly options: readonly Option[]
  readonly choose: (option: string) => void
  readonly class?: string
}

/** Named answers, each with its icon, its word and the key that chooses it. */
export function Options({ words, options, choose, class: name = 'options' }: OptionsProps): VNode {
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
          <kbd>{option.key}</kbd>
        </button>
      ))}
    </div>
  )
}
