/** The PIN pad with its live display. With the focus on it, the keys of the keyboard are its keys. */
import type { JSX } from 'preact'
import { Control } from './control.tsx'
import type { PartProps } from './part.ts'
import { say } from './words.ts'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '']
const FUNCTIONS = [
  { key: 'cancel', sign: '✕' },
  { key: 'clear', sign: '‹' },
  { key: 'enter', sign: '○' },
] as const
const KEYBOARD: Readonly<Record<string, string>> = {
  Escape: 'cancel',
  Backspace: 'clear',
  Enter: 'enter',
}
const PLACE = { x: 490, y: 212, column: 54, row: 44 }

export function PinPad({ bench, state }: PartProps): JSX.Element {
  const locale = bench.locale.value
  const { pinPad } = state
  const plugged = state.plugged['pin-pad']
  const press = (key: string): void => bench.act('pin-pad', { key })
  return (
    <g
      class={pinPad.entering ? 'pin-pad entering' : 'pin-pad'}
      data-testid="pin-pad"
      data-entering={pinPad.entering}
      onKeyDown={(event) => {
        const key = /^[0-9]$/.test(event.key) ? event.key : KEYBOARD[event.key]
        // Enter on a focused key already presses that key.
        if (key === undefined || event.repeat || event.defaultPrevented) return
        event.preventDefault()
        press(key)
      }}
    >
      <rect class="device" x={476} y={132} width={180} height={308} rx={16} />
      <rect class="lcd" x={490} y={144} width={152} height={56} rx={6} />
      {pinPad.display.map((line, row) => (
        <text
          key={`line-${row}`}
          class="lcd-text"
          x={498}
          y={168 + row * 22}
          data-testid={`pin-pad-line-${row + 1}`}
        >
          {plugged ? line : ''}
        </text>
      ))}
      {DIGITS.map((digit, index) =>
        digit === '' ? null : (
          <Control
            key={digit}
            label={`${say(locale, 'key')} ${digit}`}
            testId={`key-${digit}`}
            class="key"
            x={PLACE.x + (index % 3) * PLACE.column}
            y={PLACE.y + Math.floor(index / 3) * PLACE.row}
            onPress={() => press(digit)}
          >
            <rect width={44} height={36} rx={8} />
            <text x={22} y={24} text-anchor="middle">
              {digit}
            </text>
            {digit === '5' && <circle class="dot" cx={22} cy={31} r={1.6} />}
          </Control>
        ),
      )}
      {FUNCTIONS.map(({ key, sign }, index) => (
        <Control
          key={key}
          label={say(locale, key)}
          testId={`key-${key}`}
          class={`key ${key}`}
          x={PLACE.x + index * PLACE.column}
          y={PLACE.y + 4 * PLACE.row}
          onPress={() => press(key)}
        >
          <rect width={44} height={40} rx={8} />
          <text class="sign" x={22} y={18} text-anchor="middle">
            {sign}
          </text>
          <text class="word" x={22} y={33} text-anchor="middle">
            {say(locale, key)}
          </text>
        </Control>
      ))}
    </g>
  )
}
