/** Entry of the customer page: shop, amount, one picture of what to do, the result; never a word of internals. */
import { effect } from '@preact/signals'
import { render, type VNode } from 'preact'
import type { CustomerView } from '#shell/api/view.ts'
import { type Connection, connectCustomer } from './connection.ts'
import { Customer } from './customer-page.tsx'
import { LostPage } from './pages/idle-pages.tsx'
import { wardrobe } from './theme.ts'
import { wordsOf } from './words.ts'

function Screen({ connection }: { readonly connection: Connection<CustomerView> }): VNode {
  const shown = connection.shown.value
  if (shown === null) {
    const words = wordsOf(document.documentElement.lang === 'en' ? 'en' : 'zh-CN')
    return (
      <LostPage words={words} gap={connection.gap.value === 'locked' ? 'locked' : 'connecting'} />
    )
  }
  const { view, clockAheadMs } = shown
  const locale = view.locale.customer
  document.documentElement.lang = locale
  return (
    <Customer
      view={view}
      clockAheadMs={clockAheadMs}
      words={wordsOf(locale)}
      other={wordsOf(locale === 'en' ? 'zh-CN' : 'en')}
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
  render(<Screen connection={connection} />, screen)
}

const root = document.getElementById('screen')
if (root !== null) start(root)
