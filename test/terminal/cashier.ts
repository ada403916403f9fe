/** Somebody at the counter page, over the same socket as the page itself: sees views, presses keys. */
import { WebSocket } from 'ws'
import {
  type Action,
  type CounterPage,
  DIGIT_KEYS,
  type Frame,
  type Key,
  type Push,
  type View,
} from '#shell/api/view.ts'

/** How long a cashier waits for the page to change before calling for help. */
const PATIENCE_MS = 12_000

export type Cashier = {
  readonly view: () => View
  /** Waits until the view is as wanted. Fails with what is shown instead. */
  readonly until: (wanted: (view: View) => boolean, what?: string) => Promise<View>
  readonly page: <K extends CounterPage['kind']>(
    kind: K,
  ) => Promise<Extract<CounterPage, { kind: K }>>
  readonly told: (key: string) => Promise<View>
  readonly press: (...keys: Key[]) => void
  readonly option: (option: string, item?: string) => void
  readonly chooseFirstPin: (operator: Operator) => Promise<void>
  readonly signIn: (operator: Operator) => Promise<void>
  /** One try to sign in, whatever comes of it. */
  readonly tryPin: (operator: string, pin: string) => void
  /** A second person's number and PIN on the page that asks for them. */
  readonly approve: (operator: Operator) => Promise<void>
  /** Types the amount and confirms it on its own page; the customer may present. */
  readonly ask: (typed: string) => Promise<void>
  readonly leave: () => void
}

type Operator = { readonly number: string; readonly pin: string }

/** `patienceMs`: how long each wait lasts at most. */
export async function connectCashier(screens: string, patienceMs = PATIENCE_MS): Promise<Cashier> {
  const { hash, origin } = new URL(screens)
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/live`, { origin })
  const tell = (frame: Frame): void => socket.send(JSON.stringify(frame))
  // The terminal is gone: whoever waits for its pages hears so, or waits to the end of his patience.
  const lost = new Promise<never>((_resolve, reject) => {
    socket.on('error', reject)
  })
  lost.catch(() => undefined)
  socket.on('open', () => tell({ type: 'hello', screen: 'counter', token: hash.slice(1) }))
  let latest: View | null = null
  const watchers = new Set<() => void>()
  socket.on('message', (data: Buffer) => {
    const push: Push = JSON.parse(data.toString('utf8'))
    if (push.type !== 'view') return
    latest = push.view
    for (const look of watchers) look()
  })
  const view = (): View => {
    if (latest === null) throw new Error('nothing is shown yet')
    return latest
  }
  const send = (action: Action): void => tell({ type: 'act', revision: view().revision, action })

  const until = (wanted: (view: View) => boolean, what = 'the page to change'): Promise<View> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (latest === null || !wanted(latest)) return
        clearTimeout(timer)
        watchers.delete(look)
        resolve(latest)
      }
      const timer = setTimeout(() => {
        watchers.delete(look)
        reject(new Error(`waited for ${what}; shown: ${JSON.stringify(latest)}`))
      }, patienceMs)
      watchers.add(look)
      look()
    })
  const page = async <K extends CounterPage['kind']>(
    kind: K,
  ): Promise<Extract<CounterPage, { kind: K }>> => {
    const { counter } = await until(({ counter }) => counter.kind === kind, `the page ${kind}`)
    if (!isKind(counter, kind)) throw new Error('the page changed')
    return counter
  }
  const press = (...keys: Key[]): void => {
    for (const key of keys) send({ type: 'key', page: view().page, key })
  }
  /** Waits for the page after the confirm, as a person does: a key for the page before is dropped. */
  const ask = async (typed: string): Promise<void> => {
    await page('amount')
    press(...typed.split('').map(toKey), 'confirm')
    await page('confirmAmount')
    await until(({ strip }) => strip.link === 'up', 'the link')
    press('confirm')
    await page('present')
  }

  await Promise.race([lost, until(() => true, 'the first view')])
  return {
    view,
    until,
    page,
    told: (key) => until(({ message }) => message?.key === key, `the message ${key}`),
    press,
    option: (option, item) =>
      send({ type: 'option', page: view().page, option, ...(item === undefined ? {} : { item }) }),
    chooseFirstPin: async ({ number, pin }) => {
      await page('setPin')
      send({ type: 'newPin', page: view().page, operator: number, pin })
      await until(
        ({ counter }) => !(counter.kind === 'setPin' && counter.operator === number),
        'the PIN to be taken',
      )
    },
    signIn: async ({ number, pin }) => {
      await page('signIn')
      send({ type: 'signIn', page: view().page, operator: number, pin })
      await page('amount')
    },
    tryPin: (operator, pin) => send({ type: 'signIn', page: view().page, operator, pin }),
    approve: async ({ number, pin }) => {
      await page('approve')
      send({ type: 'signIn', page: view().page, operator: number, pin })
    },
    ask,
    leave: () => socket.terminate(),
  }
}

function isKind<K extends CounterPage['kind']>(
  counter: CounterPage,
  kind: K,
): counter is Extract<CounterPage, { kind: K }> {
  return counter.kind === kind
}

function toKey(character: string): Key {
  return DIGIT_KEYS.find((digit) => digit === character) ?? '.'
}
