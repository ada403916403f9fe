/** The card reader: slot, tap field and stripe groove are the three places for a card. */
import type { JSX } from 'preact'
import { CardPicture } from './card-picture.tsx'
import { Control } from './control.tsx'
import type { PartProps } from './part.ts'
import { say } from './words.ts'

/** Characters that the small display holds in a line. */
const LINE_LENGTH = 16

export function Reader({ bench, state }: PartProps): JSX.Element {
  const locale = bench.locale.value
  const { cardReader } = state
  const plugged = state.plugged['card-reader']
  const inside = state.hand.find(({ id }) => id === cardReader.slot)
  const waiting = bench.held.value !== null
  const put = (action: 'insert' | 'tap' | 'swipe'): void => {
    const card = bench.held.value
    if (card === null) return
    bench.act('card', { action, card })
    bench.held.value = null
  }
  return (
    <g
      class={waiting ? 'reader waiting' : 'reader'}
      data-testid="card-reader"
      data-lit={cardReader.lit}
    >
      {inside && (
        <Control
          label={say(locale, 'remove')}
          testId="card-in-slot"
          class="inserted"
          x={328}
          y={392}
          onPress={() => bench.act('card', { action: 'remove' })}
        >
          <g transform="translate(74 0) rotate(90)">
            <CardPicture card={inside} locale={locale} bare />
          </g>
          <rect class="remove" x={4} y={92} width={66} height={24} rx={8} />
          <text class="remove-word" x={37} y={108} text-anchor="middle">
            {say(locale, 'remove')}
          </text>
        </Control>
      )}
      <rect class="device" x={284} y={132} width={172} height={290} rx={16} />
      {cardReader.lights.map((on, light) => (
        <rect
          key={light}
          class={plugged && (on || cardReader.lit) ? 'bar-light on' : 'bar-light'}
          x={302 + light * 32}
          y={144}
          width={24}
          height={5}
          rx={2.5}
        />
      ))}
      <rect class="lcd" x={298} y={158} width={126} height={44} rx={6} />
      <text class="lcd-text small" data-testid="reader-message">
        {lines(plugged ? cardReader.message : '').map((line, row) => (
          <tspan key={line} x={304} y={177 + row * 17}>
            {line}
          </tspan>
        ))}
      </text>
      <Control
        label={say(locale, 'tap')}
        testId="target-tap"
        class="target"
        onPress={() => put('tap')}
      >
        <circle data-target="tap" class="tap-field" cx={355} cy={276} r={54} />
        <g class="waves" transform="translate(-6 0)">
          <path d="M343,262 q7,14 0,28 M355,254 q12,22 0,44 M367,246 q17,30 0,60 M379,238 q22,38 0,76" />
        </g>
        <text class="place" x={355} y={350} text-anchor="middle">
          {say(locale, 'tap')}
        </text>
      </Control>
      <Control
        label={say(locale, 'insert')}
        testId="target-insert"
        class="target"
        onPress={() => put('insert')}
      >
        <rect data-target="insert" class="hit" x={298} y={364} width={128} height={52} rx={8} />
        <text class="place" x={361} y={386} text-anchor="middle">
          {say(locale, 'insert')}
        </text>
        <rect class="slot chip-slot" x={312} y={400} width={98} height={8} rx={4} />
      </Control>
      <Control
        label={say(locale, 'swipe')}
        testId="target-swipe"
        class="target"
        onPress={() => put('swipe')}
      >
        <rect data-target="swipe" class="hit" x={430} y={146} width={26} height={262} rx={8} />
        <rect class="slot" x={439} y={152} width={7} height={250} rx={3.5} />
        <text class="place" transform="translate(434 282) rotate(-90)" text-anchor="middle" y={-2}>
          {say(locale, 'swipe')}
        </text>
      </Control>
    </g>
  )
}

/** Breaks a message between words, as the display does. */
function lines(message: string): readonly string[] {
  const broken: string[] = []
  for (const word of message.split(' ')) {
    const last = broken.at(-1)
    if (last !== undefined && last.length + word.length < LINE_LENGTH) {
      broken[broken.length - 1] = `${last} ${word}`
    } else broken.push(word)
  }
  return broken
}
