/** The scanner looks down at the phones; its beam is seen while it is triggered. */
import type { JSX } from 'preact'
import type { PartProps } from './part.ts'
import { say } from './words.ts'

export function Scanner({ bench, state }: PartProps): JSX.Element {
  const locale = bench.locale.value
  const { scanner } = state
  const beam = scanner.triggered && state.plugged['qr-scanner']
  return (
    <g class="scanner" data-testid="scanner" data-triggered={scanner.triggered}>
      <path
        class="device"
        d="M492,458 h138 q10,0 10,10 v24 q0,6 -4,10 l-10,10 h-130 l-10,-10 q-4,-4 -4,-10 v-24 q0,-10 10,-10 z"
      />
      <rect
        data-target="scanner"
        data-testid="target-scanner"
        class={beam ? 'window on' : 'window'}
        x={508}
        y={500}
        width={106}
        height={10}
        rx={4}
      />
      <circle class={beam ? 'light red' : 'light dark'} cx={508} cy={478} r={5} />
      <text class="name" x={522} y={483}>
        {say(locale, 'qr-scanner')}
      </text>
    </g>
  )
}

/** Drawn over the phones, as light falls on them. */
export function Beam({ state }: PartProps): JSX.Element | null {
  if (!state.scanner.triggered || !state.plugged['qr-scanner']) return null
  return <path class="beam" d="M508,508 L428,660 H664 L614,508 z" data-testid="beam" />
}
