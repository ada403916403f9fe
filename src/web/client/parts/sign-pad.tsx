/** Where the customer signs: strokes of a finger or pen on a grid of paper dots, with the code of this payment faint behind them. */
import { Check, Eraser, PenLine } from 'lucide'
import type { VNode } from 'preact'
import { useRef, useState } from 'preact/hooks'
import {
  INK_HEIGHT,
  INK_LEAST_DOTS,
  INK_WIDTH,
  type Ink,
  lengthOf,
  type Point,
  writeInk,
} from '#shell/api/ink.ts'
import { type Words, wordFor } from '../words.ts'
import { Icon } from './icon.tsx'

type SignPadProps = {
  readonly words: Words
  readonly code: string
  /** The ink of `ink.ts`; empty for "rather on paper". */
  readonly sign: (ink: string) => void
}

/** Nearer than this, in dots, a point says nothing new. */
const NEAR_DOTS = 2

export function SignPad({ words, code, sign }: SignPadProps): VNode {
  const [ink, setInk] = useState<Ink>([])
  // A finger may move twice before the page is drawn again.
  const newest = useRef<Ink>([])
  const pen = useRef<number | null>(null)
  const draw = (next: Ink): void => {
    newest.current = next
    setInk(next)
  }
  const down = (event: PointerEvent): void => {
    const point = pointOf(event)
    if (pen.current !== null || point === null) return
    pen.current = event.pointerId
    draw([...newest.current, [point]])
  }
  const move = (event: PointerEvent): void => {
    const point = pointOf(event)
    const stroke = newest.current.at(-1)
    const last = stroke?.at(-1)
    if (pen.current !== event.pointerId || point === null || stroke === undefined) return
    if (last !== undefined && Math.hypot(point[0] - last[0], point[1] - last[1]) < NEAR_DOTS) return
    draw([...newest.current.slice(0, -1), [...stroke, point]])
  }
  const up = (event: PointerEvent): void => {
    if (pen.current === event.pointerId) pen.current = null
  }
  return (
    <>
      <svg
        class="sign-pad"
        role="img"
        aria-label={words.screen.signField}
        viewBox={`0 0 ${INK_WIDTH} ${INK_HEIGHT}`}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerLeave={up}
        onPointerCancel={up}
      >
        <text
          class="sign-code figure-faint"
          x={INK_WIDTH / 2}
          y={INK_HEIGHT / 2}
          aria-hidden="true"
        >
          {code}
        </text>
        {ink.map((stroke, index) => (
          <polyline key={index} points={stroke.map((point) => point.join()).join(' ')} />
        ))}
      </svg>
      <div class="sign-answers">
        <button type="button" class="swap" data-sign="paper" onClick={() => sign('')}>
          <Icon of={PenLine} />
          {wordFor(words.options, 'signOnPaper')}
        </button>
        <button type="button" class="swap" data-sign="clear" onClick={() => draw([])}>
          <Icon of={Eraser} />
          {words.screen.signClear}
        </button>
        <button
          type="button"
          class="swap sign-done"
          data-sign="done"
          disabled={lengthOf(ink) < INK_LEAST_DOTS}
          onClick={() => sign(writeInk(ink))}
        >
          <Icon of={Check} />
          {words.screen.signDone}
        </button>
      </div>
    </>
  )
}

/** The dot under the pen; null outside of the grid. */
function pointOf(event: PointerEvent): Point | null {
  const pad = event.currentTarget
  const screen = pad instanceof SVGSVGElement ? pad.getScreenCTM() : null
  if (screen === null) return null
  const dot = new DOMPoint(event.clientX, event.clientY).matrixTransform(screen.inverse())
  const [x, y] = [Math.floor(dot.x), Math.floor(dot.y)]
  return x >= 0 && x < INK_WIDTH && y >= 0 && y < INK_HEIGHT ? [x, y] : null
}
