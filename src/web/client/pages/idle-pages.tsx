/** Pages on which nothing can be sold: starting, out of service, and no connection to the terminal. */
import { KeyRound, Plug, RefreshCw, TriangleAlert } from 'lucide'
import type { VNode } from 'preact'
import type { Gap } from '../connection.ts'
import type { PageProps } from '../desk.ts'
import { Icon } from '../parts/icon.tsx'
import { Told } from '../parts/say.tsx'
import type { Words } from '../words.ts'

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

/** No terminal behind the page: nothing of the last state is shown, because none of it may be true any more. */
export function LostPage({ words, gap }: { readonly words: Words; readonly gap: Gap }): VNode {
  const { screen } = words
  if (gap === 'locked') {
    return (
      <main class="lost" data-testid="locked">
        <Icon of={KeyRound} />
        <h1>{screen.locked}</h1>
        <p>{screen.lockedMoney}</p>
        <p>{screen.lockedNow}</p>
      </main>
    )
  }
  return (
    <main class="lost" data-testid="lost">
      <Icon of={Plug} />
      <h1>{gap === 'lost' ? screen.lost : screen.connecting}</h1>
      {gap === 'lost' ? <p>{screen.lostMoney}</p> : null}
      <p>{screen.reconnecting}</p>
      <div class="wait-track">
        <div class="wait-seek" />
      </div>
    </main>
  )
}
