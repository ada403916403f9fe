/** The hand of a customer at the screen of their own, over the same socket as the page itself. */
import { WebSocket } from 'ws'
import { writeInk } from '#shell/api/ink.ts'
import type { CustomerPage, Frame, Push } from '#shell/api/view.ts'

type SignPage = Extract<CustomerPage, { kind: 'sign' }>

/** Three strokes, as a hurried hand writes. */
export const A_NAME = writeInk([
  [
    [10, 10],
    [200, 90],
    [280, 5],
  ],
])

/** Waits for the page to sign on and answers it; `ink` empty: rather on paper. Rejects when the terminal goes. */
export function signOnScreen(screens: string, ink: string): Promise<SignPage> {
  return new Promise((resolve, reject) => {
    const { hash, origin } = new URL(screens)
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/live`, { origin })
    const tell = (frame: Frame): void => socket.send(JSON.stringify(frame))
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the customer screen went dark')))
    socket.on('open', () => tell({ type: 'hello', screen: 'customer', token: hash.slice(1) }))
    socket.on('message', (data: Buffer) => {
      const push: Push = JSON.parse(data.toString('utf8'))
      if (push.type !== 'customerView' || push.view.customer.kind !== 'sign') return
      const { record } = push.view.customer
      tell({ type: 'act', revision: push.view.revision, action: { type: 'sign', record, ink } })
      resolve(push.view.customer)
      socket.close()
    })
  })
}

/** As the page of a paid customer asks for it. */
export async function offersSlipLink(screens: string): Promise<boolean> {
  const { hash, origin } = new URL(screens)
  const headers = { authorization: `Bearer ${hash.slice(1)}`, origin }
  const answer = await fetch(`${origin}/api/slip-link`, { headers })
  await answer.arrayBuffer()
  return answer.ok
}
