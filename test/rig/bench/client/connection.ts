/** The page's only link to the rig: the pushed state in, commands out, and the last refusal for the person to read. */
import { type Signal, signal } from '@preact/signals'
import type { BenchState } from '../state.ts'
import type { Locale } from './words.ts'

const RECONNECT_AFTER_MS = 1000
/** How long a refusal stays on the page. */
const NOTICE_MS = 6000

export type Bench = {
  readonly state: Signal<BenchState | null>
  readonly connected: Signal<boolean>
  readonly notice: Signal<string | null>
  readonly locale: Signal<Locale>
  /** The card in the person's hand, to be put somewhere. */
  readonly held: Signal<string | null>
  /** Sends a command; a refusal becomes the notice. */
  act(path: string, body: Readonly<Record<string, unknown>>): void
}

/** Opens the live connection and keeps it open. */
export function connect(location: Location): Bench {
  const bench: Bench = {
    state: signal(null),
    connected: signal(false),
    notice: signal(null),
    locale: signal(new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh-CN'),
    held: signal(null),
    act: (path, body) => void send(path, body),
  }
  let noticeTimer = 0
  const notify = (why: string): void => {
    bench.notice.value = why
    clearTimeout(noticeTimer)
    noticeTimer = window.setTimeout(() => {
      bench.notice.value = null
    }, NOTICE_MS)
  }
  const send = async (path: string, body: Readonly<Record<string, unknown>>): Promise<void> => {
    try {
      const answer = await fetch(`./api/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (answer.ok) return
      const { error } = await answer.json()
      notify(typeof error === 'string' ? error : `HTTP ${answer.status}`)
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error))
    }
  }
  const open = (): void => {
    const socket = new WebSocket(`ws://${location.host}/api/live`)
    socket.onmessage = (event) => {
      bench.connected.value = true
      bench.state.value = JSON.parse(String(event.data))
    }
    socket.onclose = () => {
      bench.connected.value = false
      window.setTimeout(open, RECONNECT_AFTER_MS)
    }
  }
  open()
  return bench
}
