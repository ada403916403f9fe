/** What the page asks, in two sentences, and whom to call with which numbers. Lies over the page; nothing of it reaches the terminal. */
import { ArrowLeft } from 'lucide'
import type { VNode } from 'preact'
import type { CodePicture } from '#shell/api/support-view.ts'
import type { Desk } from '../desk.ts'
import { useAsked } from '../parts/asked.ts'
import { Icon } from '../parts/icon.tsx'
import { wordFor } from '../words.ts'

/** Any key, any touch of "back" and every new page of the terminal closes it. */
export function HelpPage({
  desk,
  close,
}: {
  readonly desk: Desk
  readonly close: () => void
}): VNode {
  const { words, view } = desk
  const { hotline, merchantNumber, terminalNumber, trace } = view.support
  const facts = [
    [words.screen.hotline, hotline],
    [words.screen.terminalNumber, terminalNumber],
    [words.screen.merchantNumber, merchantNumber],
    [words.screen.lastTrace, trace],
    [words.screen.messageCode, view.message?.key ?? ''],
  ].filter(([, value]) => value !== '')
  return (
    <section class="help" data-testid="help">
      <div class="help-words">
        <p class="question">{helpOf(desk)}</p>
        <p>{words.screen.callSupport}</p>
        <dl class="help-facts">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <SupportCode desk={desk} />
      </div>
      <div class="answers two">
        <span />
        <button type="button" class="key word k-cancel" data-help="close" onClick={close}>
          <Icon of={ArrowLeft} />
          <span>{words.screen.back}</span>
        </button>
      </div>
    </section>
  )
}

/** White round the squares, as wide as four of them (ISO/IEC 18004). */
const QUIET = 12

/** The same numbers for whoever points a phone at them; nothing where there is no code, or not yet. */
function SupportCode({ desk: { ask, words } }: { readonly desk: Desk }): VNode | null {
  const code = useAsked<CodePicture>(ask, '/api/support')
  if (code === null || code === 'none') return null
  const side = code.size + 2 * QUIET
  return (
    <figure class="help-code">
      <svg
        viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
        role="img"
        aria-label={words.screen.supportCode}
        data-testid="support-code"
        shape-rendering="crispEdges"
      >
        <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
        <path d={code.path} fill="#000" />
      </svg>
      <figcaption>{words.screen.supportCode}</figcaption>
    </figure>
  )
}

/** Of this direction of money where it has words of its own: who gives back is not told how to charge. */
function helpOf({ words, view }: Desk): string {
  const { kind } = view.counter
  return words.help[`${kind}.${view.direction}`] ?? wordFor(words.help, kind)
}
