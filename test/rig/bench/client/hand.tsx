/** The hand of cards. A card is picked up by click or Enter, or dragged straight to its place. */
import type { JSX } from 'preact'
import { CardPicture } from './card-picture.tsx'
import { Control } from './control.tsx'
import type { PartProps } from './part.ts'
import { say } from './words.ts'

const PLACE = { x: 18, y: 596, column: 130, row: 82 }
const COLUMNS = 3

/** Where the table ends below so many cards. */
export function handEnd(cards: number): number {
  return PLACE.y + Math.ceil(cards / COLUMNS) * PLACE.row
}

export function Hand({ bench, state }: PartProps): JSX.Element {
  const locale = bench.locale.value
  const held = bench.held.value
  return (
    <g class="hand">
      <text class="caption" x={PLACE.x} y={584}>
        {say(locale, held === null ? 'hand' : 'handHeld')}
      </text>
      {state.hand.map((card, index) => {
        const x = PLACE.x + (index % COLUMNS) * PLACE.column
        const y = PLACE.y + Math.floor(index / COLUMNS) * PLACE.row
        const picked = held === card.id
        const away = state.cardReader.slot === card.id
        return (
          <Control
            key={card.id}
            label={card.name[locale]}
            testId={`card-${card.id}`}
            pressed={picked}
            class={`card ${picked ? 'picked' : ''} ${away ? 'away' : ''}`}
            x={x}
            y={picked ? y - 8 : y}
            onPress={() => {
              if (!away) bench.held.value = picked ? null : card.id
            }}
          >
            <g data-drag-card={away ? undefined : card.id}>
              <CardPicture card={card} locale={locale} />
            </g>
          </Control>
        )
      })}
    </g>
  )
}
