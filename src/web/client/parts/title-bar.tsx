/** The bar in the colour of the direction of money: what is being done, and how operator, link and paper stand. */
import { CircleQuestionMark, Inbox, Scroll, TriangleAlert, User, Wifi, WifiOff } from 'lucide'
import type { VNode } from 'preact'
import type { View } from '#shell/api/view.ts'
import { fill, type Words, wordFor } from '../words.ts'
import { useFit } from './fit.ts'
import { Icon } from './icon.tsx'

type TitleBarProps = {
  readonly words: Words
  readonly view: View
  readonly title: string
  readonly askHelp: () => void
  /** Somebody else takes over. */
  readonly handOver: () => void
}

/** Title at the left, standing facts at the right, standing faults on a line of their own. */
export function TitleBar(props: TitleBarProps): VNode {
  const { words, view, title, askHelp } = props
  const { strip } = view
  const { screen } = words
  const held = useFit<HTMLHeadingElement>()
  return (
    <header class="bar">
      <div class="bar-row">
        <h1 ref={held}>{title}</h1>
        {view.drill ? <span class="bar-drill">{screen.drill}</span> : null}
        <span class="bar-facts">
          {strip.openItems > 0 ? (
            <span class="fact badge" data-testid="open-items">
              <Icon of={Inbox} />
              {screen.openItems} {strip.openItems}
            </span>
          ) : null}
          {strip.operator === '' ? null : <Operator {...props} />}
          <span class="fact" data-link={strip.link}>
            <Icon of={strip.link === 'up' ? Wifi : WifiOff} />
            {screen.link[strip.link]}
          </span>
          {strip.paper === 'ok' || strip.paper === 'unknown' ? null : (
            <span class="fact" data-paper={strip.paper}>
              <Icon of={Scroll} />
              {screen.paper[strip.paper]}
            </span>
          )}
        </span>
        <button
          type="button"
          class="bar-help"
          data-help="open"
          aria-label={screen.help}
          onClick={askHelp}
        >
          <Icon of={CircleQuestionMark} />
          <span>{screen.help}</span>
        </button>
      </div>
      {view.drill ? <p class="drill-band">{screen.drillBand}</p> : null}
      {/* It can wait for as long as something is wrong: both have no room above the keys. */}
      {strip.releaseWaits === true && strip.faults.length === 0 ? (
        <p class="bar-note">{screen.releaseWaits}</p>
      ) : null}
      {strip.faults.length === 0 ? null : (
        <ul class="bar-faults">
          {strip.faults.map((fault) => (
            <li key={fault.key + Object.values(fault.params).join()}>
              <Icon of={TriangleAlert} />
              <span>{fill(words, wordFor(words.faults, fault.key), fault.params)}</span>
            </li>
          ))}
          {strip.faults.length < 2 ? null : <li class="bar-more">+{strip.faults.length - 1}</li>}
        </ul>
      )}
    </header>
  )
}

/** Who answers for what is done here; while a sale waits to be confirmed, the way to hand it over. Longer titles leave no room for it. */
function Operator({ words, view, handOver }: TitleBarProps): VNode {
  const { operator } = view.strip
  if (view.counter.kind !== 'confirmAmount' || view.work !== undefined)
    return (
      <span class="fact">
        <Icon of={User} />
        {operator}
      </span>
    )
  const title = words.pages['handOver']?.title ?? ''
  return (
    <button
      type="button"
      class="fact bar-operator"
      data-key="menu"
      aria-label={`${title} ${operator}`}
      onClick={handOver}
    >
      <Icon of={User} />
      {operator}
    </button>
  )
}
