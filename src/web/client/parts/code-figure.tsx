/** A QR code that the terminal has drawn, on white, with what it is for. */
import type { VNode } from 'preact'
import type { CodePicture } from '#shell/api/support-view.ts'
import type { Desk } from '../desk.ts'
import { useAsked } from './asked.ts'

/** White round the squares, as wide as four of them (ISO/IEC 18004). */
const QUIET = 12

/** Nothing where there is no code, or not yet. */
export function CodeFigure({
  ask,
  path,
  says,
  testId,
}: {
  readonly ask: Desk['ask']
  readonly path: string
  readonly says: string
  readonly testId: string
}): VNode | null {
  const code = useAsked<CodePicture>(ask, path)
  if (code === null || code === 'none') return null
  const side = code.size + 2 * QUIET
  return (
    <figure class="code-figure">
      <svg
        viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
        role="img"
        aria-label={says}
        data-testid={testId}
        shape-rendering="crispEdges"
      >
        <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
        <path d={code.path} fill="#000" />
      </svg>
      <figcaption>{says}</figcaption>
    </figure>
  )
}
