/** A part of the drawing that a person can work with mouse or keyboard, as a button with a name. */
import type { ComponentChildren, JSX } from 'preact'

type Props = {
  label: string
  testId: string
  pressed?: boolean
  class?: string
  x?: number
  y?: number
  onPress: () => void
  children: ComponentChildren
}

/** Space and Enter do what a click does. */
export function Control(props: Props): JSX.Element {
  const { x = 0, y = 0, pressed } = props
  return (
    <g
      role="button"
      tabindex={0}
      aria-label={props.label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      data-testid={props.testId}
      class={`control ${props.class ?? ''}`}
      transform={`translate(${x} ${y})`}
      onClick={props.onPress}
      onKeyDown={(event) => {
        if (event.repeat || (event.key !== 'Enter' && event.key !== ' ')) return
        event.preventDefault()
        props.onPress()
      }}
    >
      <title>{props.label}</title>
      {props.children}
    </g>
  )
}

type ChipProps = Omit<Props, 'children' | 'class'> & {
  text: string
  width: number
  tone?: 'plain' | 'dark' | 'alert'
}

/** A small flat button with a word on it. */
export function Chip({ text, width, tone = 'plain', ...control }: ChipProps): JSX.Element {
  return (
    <Control {...control} class={`chip ${tone}`}>
      <rect width={width} height={28} rx={8} />
      <text x={width / 2} y={18.5} text-anchor="middle">
        {text}
      </text>
    </Control>
  )
}
