/** The strip of sockets at the edge of the counter, with a cable to each thing that can lose one. */
import type { JSX } from 'preact'
import { type BenchState, DEVICE_IDS, type DeviceId } from '../state.ts'
import { Control } from './control.tsx'
import type { PartProps } from './part.ts'
import { say, type Word } from './words.ts'

type Socket = DeviceId | 'power' | 'network'

/** Where each socket is, and the way of its cable over the counter. */
const SOCKETS: readonly { id: Socket; x: number; way: string }[] = [
  { id: 'printer', x: 66, way: 'C66,108 12,96 12,140 V470 q0,10 10,10' },
  { id: 'power', x: 172, way: 'C172,112 160,106 120,106 H-4' },
  { id: 'network', x: 272, way: 'C272,122 260,116 220,116 H-4' },
  { id: 'card-reader', x: 372, way: 'V140' },
  { id: 'pin-pad', x: 500, way: 'C500,116 570,100 570,140' },
  { id: 'qr-scanner', x: 614, way: 'C614,116 669,96 669,150 V470 q0,14 -14,14 h-20' },
]

export function Plugs({ bench, state }: PartProps): JSX.Element {
  const locale = bench.locale.value
  return (
    <g class="plugs">
      <rect class="wall" x={1} y={1} width={678} height={86} rx={14} />
      {SOCKETS.map(({ id, x, way }) => {
        const plugged = isPlugged(state, id)
        const word: Word = id
        const verb = say(locale, plugged ? 'pull' : 'plug')
        return (
          <g key={id} class={plugged ? `plug to-${id}` : `plug to-${id} pulled`}>
            <path class="cable" d={`M${x},${plugged ? 62 : 82} ${way}`} />
            <Control
              label={`${say(locale, word)}: ${verb}`}
              testId={`plug-${id}`}
              pressed={plugged}
              x={x - 46}
              y={6}
              onPress={() => toggle(bench, state, id)}
            >
              <rect class="hit" width={92} height={92} rx={10} />
              <rect class="socket" x={29} y={22} width={34} height={24} rx={6} />
              <path class="holes" d="M39,30 v8 M53,30 v8" />
              <g class="head" transform={`translate(0 ${plugged ? 0 : 26})`}>
                {!plugged && <path class="pins" d="M39,25 v7 M53,25 v7" />}
                <path class="grip" d="M31,31 h30 v14 q0,6 -6,6 h-3 v8 h-12 v-8 h-3 q-6,0 -6,-6 z" />
              </g>
              <text x={46} y={15} text-anchor="middle">
                {say(locale, word)}
              </text>
            </Control>
          </g>
        )
      })}
    </g>
  )
}

function isPlugged(state: BenchState, id: Socket): boolean {
  if (id === 'network') return state.networkUp
  if (id === 'power') return state.terminal === null || state.terminal.power === 'on'
  return state.plugged[id]
}

function toggle(bench: PartProps['bench'], state: BenchState, id: Socket): void {
  const plugged = isPlugged(state, id)
  const device = DEVICE_IDS.find((one) => one === id)
  if (device) bench.act('cable', { device, plugged: !plugged })
  else if (id === 'network') bench.act('network', { up: !plugged })
  else bench.act('power', { on: !plugged })
}
