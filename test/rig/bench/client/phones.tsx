/** Two phones with a code on the screen. A click holds one up to the scanner; the arrows open something else on it. */
import type { JSX } from 'preact'
import type { PhoneView } from '../state.ts'
import { Chip, Control } from './control.tsx'
import type { PartProps } from './part.ts'
import { say } from './words.ts'

const PLACES: Readonly<Record<PhoneView['id'], number>> = { left: 424, right: 550 }
const SIZE = { width: 118, height: 186 }

export function PhonePair({ bench, state }: PartProps): JSX.Element {
  const locale = bench.locale.value
  return (
    <g class="phones">
      {state.phones.map((phone) => (
        <Phone key={phone.id} bench={bench} state={state} phone={phone} />
      ))}
      <Chip
        text={say(locale, 'both')}
        label={say(locale, 'both')}
        testId="phones-both"
        width={118}
        x={PLACES.left}
        y={724}
        onPress={() => bench.act('phone', { show: 'two' })}
      />
      <Chip
        text={say(locale, 'again')}
        label={say(locale, 'again')}
        testId="phone-again"
        width={118}
        x={PLACES.right}
        y={724}
        onPress={() => bench.act('phone', { show: 'again' })}
      />
    </g>
  )
}

function Phone({ bench, state, phone }: PartProps & { phone: PhoneView }): JSX.Element {
  const locale = bench.locale.value
  const at = state.shows.findIndex(({ id }) => id === phone.show)
  const show = state.shows[at]
  const name = show?.name[locale] ?? ''
  const turn = (step: number): void => {
    const next = state.shows[(at + step + state.shows.length) % state.shows.length]
    if (next) bench.act('phone', { phone: phone.id, open: next.id })
  }
  return (
    <g
      class={show?.wrong ? 'phone wrong' : `phone ${phone.show}`}
      transform={`translate(${PLACES[phone.id]} 532)`}
      data-testid={`phone-${phone.id}`}
      data-show={phone.show}
    >
      <Control
        label={`${say(locale, 'phones')} · ${name}`}
        testId={`phone-${phone.id}-show`}
        class="screen"
        onPress={() => bench.act('phone', { phone: phone.id })}
      >
        <g data-drag-phone={phone.id}>
          <rect class="body" width={SIZE.width} height={SIZE.height} rx={14} />
          <rect
            class="glass"
            x={5}
            y={5}
            width={SIZE.width - 10}
            height={SIZE.height - 10}
            rx={10}
          />
          <path class="head" d="M5,32 V15 a10,10 0 0 1 10,-10 h88 a10,10 0 0 1 10,10 V32 z" />
          <text class="phone-name" x={SIZE.width / 2} y={23} text-anchor="middle">
            {name}
          </text>
          <image
            href={`./api/code.svg?text=${encodeURIComponent(phone.text)}`}
            x={12}
            y={35}
            width={94}
            height={94}
          />
          <text class="code" x={SIZE.width / 2} y={141} text-anchor="middle">
            {shortened(phone.text)}
          </text>
        </g>
      </Control>
      <Turn
        label={say(locale, 'previousShow')}
        testId={`phone-${phone.id}-previous`}
        x={12}
        sign="M15,6 L8,12 L15,18"
        onPress={() => turn(-1)}
      />
      {show?.wrong && (
        <text class="wrong-word" x={SIZE.width / 2} y={165} text-anchor="middle">
          {say(locale, 'wrongCode')}
        </text>
      )}
      <Turn
        label={say(locale, 'nextShow')}
        testId={`phone-${phone.id}-next`}
        x={82}
        sign="M9,6 L16,12 L9,18"
        onPress={() => turn(1)}
      />
    </g>
  )
}

type TurnProps = { label: string; testId: string; x: number; sign: string; onPress: () => void }

function Turn({ sign, ...control }: TurnProps): JSX.Element {
  return (
    <Control {...control} y={149} class="turn">
      <rect width={24} height={24} rx={8} />
      <path d={sign} />
    </Control>
  )
}

function shortened(text: string): string {
  if (/^\d+$/.test(text)) return text.replace(/(\d{4})(?=\d)/g, '$1 ')
  return text.length > 22 ? `${text.slice(0, 21)}…` : text
}
