/** Pages on which nothing can be sold: starting, out of service, and no connection to the terminal. */
import { KeyRound, Plug, RefreshCw, TriangleAlert } from 'lucide'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Gap } from '../connection.ts'
import type { PageProps } from '../desk.ts'
import { Icon } from '../parts/icon.tsx'
import { Told } from '../parts/say.tsx'
import { spokenLocale, type Wordbook } from '../wordbook.ts'

/** The terminal reads its journal and owes nobody an answer yet. */
export function StartingPage({ desk }: PageProps<'starting'>): VNode {
  const { words, view } = desk
  return (
    <div class="idle">
      <Icon of={RefreshCw} />
      <p class="question">{words.pages['starting']?.question}</p>
      {view.message === null ? null : <Told words={words} message={view.message} />}
    </div>
  )
}

/** Why it cannot sell and what to do. */
export function OutOfServicePage({ desk }: PageProps<'outOfService'>): VNode {
  const { words, view } = desk
  return (
    <div class="idle">
      <Icon of={TriangleAlert} />
      <p class="question">{words.pages['outOfService']?.question}</p>
      {view.message === null ? null : <Told words={words} message={view.message} />}
    </div>
  )
}

/** A page that waits longer than this for its first view says so. */
const SOON_MS = 500

/** No terminal behind the page: nothing of the last state is shown, because none of it may be true any more. */
export function LostPage({
  wordsOf,
  gap,
}: {
  readonly wordsOf: Wordbook
  readonly gap: Gap
}): VNode {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), SOON_MS)
    return () => clearTimeout(timer)
  }, [])
  // The first view comes sooner than anybody reads, and names its language: until then none is fetched.
  const screen = gap === 'connecting' && !isLong ? null : wordsOf(spokenLocale())?.screen
  if (gap === 'locked') {
    return (
      <main class="lost" data-testid="locked">
        <Icon of={KeyRound} />
        <h1>{screen?.locked}</h1>
        <p>{screen?.lockedMoney}</p>
        <p>{screen?.lockedNow}</p>
      </main>
    )
  }
  return (
    <main class="lost" data-testid="lost">
      <Icon of={Plug} />
      <h1>{gap === 'lost' ? screen?.lost : screen?.connecting}</h1>
      {gap === 'lost' ? <p>{screen?.lostMoney}</p> : null}
      <p>{screen?.reconnecting}</p>
      <div class="wait-track">
        <div class="wait-seek" />
      </div>
    </main>
  )
}
