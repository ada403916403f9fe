/** Picks the page to draw; every kind has one, and the compiler says so when one is missing. */
import type { VNode } from 'preact'
import type { CounterPage } from '#shell/api/view.ts'
import type { Desk } from './desk.ts'
import {
  AmountPage,
  ConfirmAmountPage,
  ConfirmCodePage,
  LookAtAmountPage,
  RekeyAmountPage,
} from './pages/amount-pages.tsx'
import {
  ApprovePage,
  FindOriginalPage,
  HandOverPage,
  SetPinPage,
  SignInPage,
} from './pages/entry-pages.tsx'
import { HelpPage } from './pages/help-page.tsx'
import { OutOfServicePage, StartingPage } from './pages/idle-pages.tsx'
import { MenuPage, OpenItemsPage, RecordsPage, WhatWasWrongPage } from './pages/list-pages.tsx'
import { ResultPage } from './pages/result-page.tsx'
import { StickerPage } from './pages/sticker-page.tsx'
import { TotalsPage } from './pages/totals-page.tsx'
import { PinPage, PresentPage, WorkingPage } from './pages/wait-pages.tsx'
import { Later } from './parts/later.tsx'
import { TitleBar } from './parts/title-bar.tsx'
import { wordFor } from './words.ts'

/** The whole counter screen for one view. */
export function Counter({ desk }: { readonly desk: Desk }): VNode {
  const { view, words } = desk
  const { counter } = view
  return (
    <div
      class={`counter dir-${view.direction}${view.drill ? ' drill' : ''}`}
      data-page={counter.kind}
      data-page-id={view.page}
      data-revision={view.revision}
    >
      <TitleBar
        words={words}
        view={view}
        title={titleOf(desk)}
        askHelp={desk.askHelp}
        handOver={() => desk.press('menu')}
      />
      {desk.notice === null ? null : (
        <p class="notice" role="status" data-notice={desk.notice}>
          {words.screen[desk.notice]}
        </p>
      )}
      {desk.isHelping ? (
        <main class="page page-help">
          <HelpPage desk={desk} close={desk.askHelp} />
        </main>
      ) : (
        <main class={`page page-${counter.kind}`}>{draw(desk, counter)}</main>
      )}
    </div>
  )
}

const parametersPage = async () => (await import('./pages/parameters-page.tsx')).ParametersPage

function titleOf({ view, words }: Desk): string {
  const { counter } = view
  const { kind } = counter
  if (view.work !== undefined) return wordFor(words.screen.work, view.work)
  // An amount that is only noted, or counted: nothing is charged here.
  if (kind === 'amount' && view.direction === 'none') return words.screen.searchBy.amount
  if (counter.kind === 'menu' && counter.about !== undefined)
    return words.screen.about[counter.about]
  if (counter.kind === 'openItems' && counter.about !== undefined)
    return words.screen.about[counter.about]
  if (counter.kind === 'findOriginal' && counter.purpose === 'records')
    return words.screen.about[counter.about ?? 'search']
  const moneyPages: readonly CounterPage['kind'][] = [
    'amount',
    'confirmAmount',
    'lookAtAmount',
    'rekeyAmount',
    'present',
    'confirmCode',
    'pin',
    'working',
    'result',
  ]
  return moneyPages.includes(kind) && view.direction !== 'none'
    ? words.screen.direction[view.direction]
    : (words.pages[kind]?.title ?? '')
}

function draw(desk: Desk, page: CounterPage): VNode {
  switch (page.kind) {
    case 'starting':
      return <StartingPage desk={desk} page={page} />
    case 'outOfService':
      return <OutOfServicePage desk={desk} page={page} />
    case 'setPin':
      return <SetPinPage desk={desk} page={page} />
    case 'signIn':
      return <SignInPage desk={desk} page={page} />
    case 'handOver':
      return <HandOverPage desk={desk} page={page} />
    case 'approve':
      return <ApprovePage desk={desk} page={page} />
    case 'findOriginal':
      return <FindOriginalPage desk={desk} page={page} />
    case 'totals':
      return <TotalsPage desk={desk} page={page} />
    case 'amount':
      return <AmountPage desk={desk} page={page} />
    case 'confirmAmount':
      return <ConfirmAmountPage desk={desk} page={page} />
    case 'lookAtAmount':
      return <LookAtAmountPage desk={desk} page={page} />
    case 'rekeyAmount':
      return <RekeyAmountPage desk={desk} page={page} />
    case 'present':
      return <PresentPage desk={desk} page={page} />
    case 'confirmCode':
      return <ConfirmCodePage desk={desk} page={page} />
    case 'pin':
      return <PinPage desk={desk} page={page} />
    case 'working':
      return <WorkingPage desk={desk} page={page} />
    case 'result':
      return <ResultPage desk={desk} page={page} />
    case 'menu':
      return <MenuPage desk={desk} page={page} />
    case 'whatWasWrong':
      return <WhatWasWrongPage desk={desk} page={page} />
    case 'checkSticker':
      return <StickerPage desk={desk} page={page} />
    case 'parameters':
      return <Later load={parametersPage} props={{ desk, page }} before={<div class="list" />} />
    case 'openItems':
      return <OpenItemsPage desk={desk} page={page} />
    case 'records':
      return <RecordsPage desk={desk} page={page} />
  }
}
