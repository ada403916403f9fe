/** A bank card, 122 × 74. */
import type { JSX } from 'preact'
import type { CardView } from '../state.ts'
import { type Locale, say } from './words.ts'

type Props = {
  card: CardView
  locale: Locale /** Without words, for a card on its side. */
  bare?: boolean
}

export function CardPicture({ card, locale, bare = false }: Props): JSX.Element {
  const chip = card.interfaces.includes('chip')
  return (
    <g class={`card-picture look-${look(card)}`}>
      <rect class="plastic" width={122} height={74} rx={8} />
      {chip && <path class="chip-contact" d="M9,28 h17 v14 h-17 z M9,35 h17 M17.5,28 v14" />}
      {!chip && card.interfaces.includes('stripe') && (
        <rect class="stripe" y={8} width={122} height={12} />
      )}
      {card.interfaces.includes('contactless') && (
        <path class="card-waves" d="M104,28 q3,6 0,12 M109,25 q5,9 0,18" />
      )}
      {!bare && (
        <>
          <text class="card-name" x={9} y={chip || !card.interfaces.includes('stripe') ? 19 : 35}>
            {card.name[locale]}
          </text>
          <text class="card-number" x={9} y={55}>
            ···· {card.masked.slice(-4)}
          </text>
          <text class="card-pin" x={9} y={67}>
            {say(locale, 'pin')} {card.pin}
          </text>
        </>
      )}
    </g>
  )
}

function look(card: CardView): string {
  if (card.interfaces.includes('stripe')) return 'stripe'
  return card.interfaces.includes('chip') ? 'chip' : 'phone'
}
