/** The amount, the largest thing on every page that has one, with its reading in a quite different shape under it. */
import type { VNode } from 'preact'
import type { Money } from '#shell/api/view.ts'

type FigureProps = {
  readonly amount: Money
  /** Digits typed so far; the part of the figure that they do not reach yet is drawn faint. */
  readonly typed?: string
}

/** Right-aligned; shrinks with its length, so that it never wraps and is never cut. */
export function Figure({ amount, typed }: FigureProps): VNode {
  const [firm, faint] = splitTyped(amount.text, typed)
  return (
    <div class="figure" data-testid="amount" data-amount={amount.text}>
      <div class="figure-box">
        <div class="figure-number" style={{ '--chars': String(amount.text.length + 1) }}>
          <span class="figure-sign">￥</span>
          <span>{thin(firm)}</span>
          <span class="figure-faint">{thin(faint)}</span>
        </div>
      </div>
      <div class="figure-reading">{amount.reading}</div>
    </div>
  )
}

/** Thousands apart by a thin space: a comma is too easily taken for the decimal point from two metres. */
export function thin(text: string): string {
  return text.replaceAll(',', '\u2009')
}

function splitTyped(text: string, typed: string | undefined): readonly [string, string] {
  if (typed === undefined) return [text, '']
  if (typed === '') return ['', text]
  const point = typed.indexOf('.')
  const whole = text.indexOf('.')
  const firm = point === -1 ? whole : whole + (typed.length - point)
  return [text.slice(0, firm), text.slice(firm)]
}
