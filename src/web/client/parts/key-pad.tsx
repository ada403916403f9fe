/** The keys on the glass, phone order as on PIN pads. Colours always come with a word and a shape. */
import { Circle, Delete, Eraser, Languages, Menu, Printer, X } from 'lucide'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Key, Money } from '#shell/api/view.ts'
import { longPress } from '../keys/long-press.ts'
import { type Words, wordFor } from '../words.ts'
import { thin } from './figure.tsx'
import { Icon } from './icon.tsx'

type KeyPadProps = {
  readonly words: Words
  readonly press: (key: Key) => void
  /** Whether 00, the decimal point and, unless told otherwise, the menu key make sense here. */
  readonly money: boolean
  /** False where money is typed but nothing else may begin. */
  readonly menu?: boolean
  /** Where there is no menu, the key in its place changes the language. */
  readonly speak?: () => void
  /** What the confirm key does with the amount that is typed; without it, it only says that it confirms. */
  readonly charge?: { readonly word: string; readonly amount: Money }
  /** Beside the menu: the last slip again, for who holds it; a tap says so. */
  readonly reprint?: { readonly held: () => void; readonly tapped: () => void }
}

const DIGIT_ROWS: readonly (readonly Key[])[] = [
  ['1', '2', '3'],
  ['4', '5', '6'],
  ['7', '8', '9'],
]

/** Four columns, five rows; confirm is the tall key at the bottom right, cancel the one at the bottom left. */
export function KeyPad(props: KeyPadProps): VNode {
  const { words, press, money, menu = money, speak, charge, reprint } = props
  const { screen } = words
  const digit = (key: Key): VNode => (
    <button
      type="button"
      class={`key digit k${key === '.' ? 'dot' : key}`}
      data-key={key}
      onClick={() => press(key)}
    >
      {key}
    </button>
  )
  return (
    <div class="keypad">
      {DIGIT_ROWS.flat().map(digit)}
      {money ? digit('00') : null}
      {digit('0')}
      {money ? digit('.') : null}
      <button
        type="button"
        class="key word k-back"
        data-key="backspace"
        onClick={() => press('backspace')}
      >
        <Icon of={Delete} />
        <span>{screen.backspace}</span>
      </button>
      <button
        type="button"
        class="key word k-clear"
        data-key="clear"
        onClick={() => press('clear')}
      >
        <Icon of={Eraser} />
        <span>{screen.clear}</span>
      </button>
      <button
        type="button"
        class="key word k-cancel"
        data-key="cancel"
        onClick={() => press('cancel')}
      >
        <Icon of={X} />
        <span>{screen.cancel}</span>
      </button>
      {menu ? (
        <button
          type="button"
          class={reprint === undefined ? 'key word k-menu' : 'key word k-menu k-half'}
          data-key="menu"
          onClick={() => press('menu')}
        >
          <Icon of={Menu} />
          <span>{screen.menu}</span>
        </button>
      ) : null}
      {reprint === undefined ? null : <ReprintKey words={words} {...reprint} />}
      {speak === undefined ? null : (
        <button type="button" class="key word k-menu" data-key="language" onClick={speak}>
          <Icon of={Languages} />
          <span>{wordFor(words.options, 'language')}</span>
        </button>
      )}
      <button
        type="button"
        class="key word k-confirm"
        data-key="confirm"
        onClick={() => press('confirm')}
      >
        <Icon of={Circle} />
        <span>{charge === undefined ? screen.confirm : charge.word}</span>
        {charge === undefined ? null : (
          <span class="k-amount" style={{ '--chars': String(charge.amount.text.length + 1) }}>
            <span>￥{thin(charge.amount.text)}</span>
          </span>
        )}
      </button>
    </div>
  )
}

type ReprintProps = {
  readonly words: Words
  readonly held: () => void
  readonly tapped: () => void
}

function ReprintKey({ words, held, tapped }: ReprintProps): VNode {
  const hold = useMemo(() => longPress(held, tapped), [held, tapped])
  return (
    <button type="button" class="key word k-print" data-hold="reprintLast" {...hold}>
      <Icon of={Printer} />
      <span>{wordFor(words.options, 'reprint')}</span>
    </button>
  )
}
