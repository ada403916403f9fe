/** The counter as seen from above. Each device stands at a fixed place of one drawing, 680 wide and as high as the hand of cards asks for. */
import type { JSX } from 'preact'
import { Reader } from './card-reader.tsx'
import { startDrag } from './drag.ts'
import { Hand, handEnd } from './hand.tsx'
import type { PartProps } from './part.ts'
import { PhonePair } from './phones.tsx'
import { PinPad } from './pin-pad.tsx'
import { Plugs } from './plugs.tsx'
import { Printer } from './printer.tsx'
import { Beam, Scanner } from './scanner.tsx'

const TABLE_FROM = 96

export function Counter({ bench, state }: PartProps): JSX.Element {
  const height = handEnd(state.hand.length)
  return (
    <section class="counter" data-testid="counter">
      <svg
        viewBox={`0 0 680 ${height}`}
        preserveAspectRatio="xMidYMin meet"
        aria-label="counter"
        onPointerDown={(event) => startDrag(bench, event)}
      >
        <rect
          class="table"
          x={1}
          y={TABLE_FROM}
          width={678}
          height={height - TABLE_FROM - 1}
          rx={16}
        />
        <Plugs bench={bench} state={state} />
        <Printer bench={bench} state={state} />
        <Scanner bench={bench} state={state} />
        <Reader bench={bench} state={state} />
        <PinPad bench={bench} state={state} />
        <Hand bench={bench} state={state} />
        <PhonePair bench={bench} state={state} />
        <Beam bench={bench} state={state} />
      </svg>
    </section>
  )
}
