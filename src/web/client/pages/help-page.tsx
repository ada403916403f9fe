/** What the page asks, in two sentences, and whom to call with which numbers. Lies over the page; nothing of it reaches the terminal. */
import { ArrowLeft } from 'lucide'
import type { VNode } from 'preact'
import type { Desk } from '../desk.ts'
import { CodeFigure } from '../parts/code-figure.tsx'
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
        <CodeFigure
          ask={desk.ask}
          path="/api/support"
          says={words.screen.supportCode}
          testId="support-code"
        />
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

/** Of this direction of money where it has words of its own: who gives back is not told how to charge. */
function helpOf({ words, view }: Desk): string {
  const { kind } = view.counter
  return words.help[`${kind}.${view.direction}`] ?? wordFor(words.help, kind)
}
