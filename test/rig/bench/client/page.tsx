/** The whole page: the terminal's screens, the counter, and the host's truth beside it. */
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { customerAddress } from '../customer-address.ts'
import type { Bench } from './connection.ts'
import { Counter } from './counter.tsx'
import { Host } from './host.tsx'
import { Screens } from './screens.tsx'
import { say } from './words.ts'

export function Page({ bench }: { bench: Bench }): JSX.Element {
  const locale = bench.locale.value
  const state = bench.state.value
  useEffect(() => {
    document.documentElement.lang = locale
    document.title = say(locale, 'title')
  }, [locale])
  const notice = bench.connected.value ? bench.notice.value : say(locale, 'disconnected')
  return (
    <>
      <header class="bar">
        <h1>{say(locale, 'title')}</h1>
        <p>{say(locale, 'subtitle')}</p>
        {state && (
          <nav>
            <a href={state.screens} target="_blank" rel="noreferrer" data-testid="open-counter">
              {say(locale, 'openCounter')}
            </a>
            <a
              href={customerAddress(state.screens)}
              target="_blank"
              rel="noreferrer"
              data-testid="open-customer"
            >
              {say(locale, 'openCustomer')}
            </a>
          </nav>
        )}
        <button
          type="button"
          data-testid="language"
          onClick={() => {
            bench.locale.value = locale === 'en' ? 'zh-CN' : 'en'
          }}
        >
          {say(locale, 'language')}
        </button>
      </header>
      {state && (
        <main class={bench.connected.value ? '' : 'stale'}>
          <Screens bench={bench} state={state} />
          <Counter bench={bench} state={state} />
          <Host bench={bench} state={state} />
        </main>
      )}
      <p role="status" class={notice ? 'notice' : 'notice quiet'} data-testid="notice">
        {notice}
      </p>
    </>
  )
}
