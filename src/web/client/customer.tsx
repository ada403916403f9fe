/** Entry of the customer page: shop, amount, one picture of what to do, the result; never a word of internals. */
import { effect, type Signal, signal } from '@preact/signals'
import { render, type VNode } from 'preact'
import type { CustomerView } from '#shell/api/view.ts'
import { type Connection, connectCustomer } from './connection.ts'
import { Customer } from './customer-page.tsx'
import { isLanguageKey, isPrintKey } from './keys/keys.ts'
import { type LongPress, longPress } from './keys/long-press.ts'
import { LostPage } from './pages/idle-pages.tsx'
import { startAudio } from './sound/audio.ts'
import { atFirstTouch } from './sound/on-demand.ts'
import { wardrobe } from './theme.ts'
import { loadCustomerWords, spokenLocale, type Wordbook, wordbook } from './wordbook.ts'
import { otherLocale } from './words.ts'

type ScreenProps = {
  readonly connection: Connection<CustomerView>
  readonly isLarge: Signal<boolean>
  readonly guide: LongPress
  readonly wordsOf: Wordbook
}

/** Both languages speak on every page, so a view waits for both. */
function Screen({ connection, isLarge, guide, wordsOf }: ScreenProps): VNode {
  const shown = connection.shown.value
  const locale = shown?.view.locale.customer ?? spokenLocale()
  const words = wordsOf(locale)
  const other = wordsOf(otherLocale(locale))
  if (shown === null || words === null || other === null) {
    const isLocked = connection.gap.value === 'locked'
    return <LostPage wordsOf={wordsOf} gap={isLocked ? 'locked' : 'connecting'} />
  }
  const { view, clockAheadMs } = shown
  document.documentElement.lang = locale
  return (
    <Customer
      view={view}
      clockAheadMs={clockAheadMs}
      words={words}
      other={other}
      isLarge={isLarge.value}
      resize={() => flip(isLarge)}
      ask={connection.ask}
      guide={guide}
      sign={(record, ink) => void connection.send({ type: 'sign', record, ink })}
      swap={(next) => void connection.send({ type: 'locale', screen: 'customer', locale: next })}
    />
  )
}

function start(screen: HTMLElement): void {
  const connection = connectCustomer()
  const dress = wardrobe(document.documentElement)
  effect(() => {
    const kind = connection.shown.value?.view.customer.kind
    if (kind !== undefined && connection.look.value !== null)
      dress(connection.look.value, kind === 'closed' || kind === 'welcome')
  })
  const isLarge = signal(false)
  const audio = startAudio()
  let readOut: ((view: CustomerView, volume: number) => void) | null = null
  atFirstTouch(
    () => import('./sound/customer-voice.ts'),
    ({ startCustomerVoice }) => {
      readOut = startCustomerVoice(audio)
    },
  )
  const guide = longPress(
    () => {
      const view = connection.shown.value?.view
      if (view !== undefined) readOut?.(view, (connection.look.value?.volume ?? 0) / 100)
    },
    () => undefined,
  )
  listen(connection, isLarge, guide)
  const wordsOf = wordbook(loadCustomerWords)
  render(
    <Screen connection={connection} isLarge={isLarge} guide={guide} wordsOf={wordsOf} />,
    screen,
  )
}

/**
 * A customer's screen with keys of its own: language, size of the print, and 5 held down for the guide. Beside the keys that reach and press a
 * button nothing else is heard, by the browser neither.
 */
function listen(
  connection: Connection<CustomerView>,
  isLarge: Signal<boolean>,
  guide: LongPress,
): void {
  addEventListener('keydown', (event) => {
    if (BUTTON_KEYS.includes(event.key)) return
    event.preventDefault()
    const locale = connection.shown.value?.view.locale.customer
    if (event.repeat || locale === undefined) return
    if (event.key === GUIDE_KEY) guide.onPointerDown()
    else if (isLanguageKey(event.key)) {
      connection.send({ type: 'locale', screen: 'customer', locale: otherLocale(locale) })
    } else if (isPrintKey(event.key)) flip(isLarge)
  })
  addEventListener('keyup', (event) => {
    if (event.key === GUIDE_KEY) guide.onPointerUp()
  })
}

/** They go to the button that has the focus. */
const BUTTON_KEYS = ['Tab', 'Enter', ' ']

/** The key with the dot, which is found without looking. */
const GUIDE_KEY = '5'

function flip(isLarge: Signal<boolean>): void {
  isLarge.value = !isLarge.value
}

const root = document.getElementById('screen')
if (root !== null) start(root)
