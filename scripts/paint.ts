/**
 * From a change in the terminal to its picture on the counter, beside the arrival of the same bytes at a page that does nothing with
 * them: how much of the time is ours. At full speed and with a processor six times slower, which is about what cheap terminals have.
 * Run: node scripts/paint.ts [TIMES] (60 when absent). Needs Chromium. Prints figures and judges nothing: they are this machine's.
 */
import { once } from 'node:events'
import process from 'node:process'
import type { Page } from 'playwright-core'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { FIXTURES } from '../test/web/fixtures.ts'
import { type Glass, openGlass, openWorkshop } from '../test/web/glass.ts'

const SLOWER = [1, 6] as const

/** Notes when a revision was on the glass: after the frame that has it was handed over. */
const WATCH_PAINT = `(() => {
  window.painted = {}
  const note = (revision) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => { window.painted[revision] ??= performance.timeOrigin + performance.now() }
    port2.postMessage(0)
  })
  new MutationObserver(() => {
    const revision = document.querySelector('[data-revision]')?.dataset.revision
    if (revision !== undefined && !(revision in window.painted)) note(revision)
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-revision'] })
})()`

const times = Number(process.argv[2] ?? '60')
const workshop = await openWorkshop()
const glass = await openGlass(workshop)
const plain = await workshop.browser.newPage()
const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
await once(sockets, 'listening')
const bare = await connectPlain(plain)
await glass.goTo('counter')
await glass.page.evaluate(WATCH_PAINT)

console.log('milliseconds           median     95 %      most')
for (const rate of SLOWER) {
  await slowDown(glass.page, rate)
  await slowDown(plain, rate)
  const arrivals: number[] = []
  const paints: number[] = []
  // Turn about, so that whatever else the machine does falls on both.
  for (let turn = 0; turn < times; turn += 1) {
    arrivals.push(await timeArrival(bare))
    paints.push(await timePaint(glass, turn))
  }
  tell(`plain socket, 1/${rate}`, arrivals)
  tell(`painted page, 1/${rate}`, paints)
}
await glass.close()
for (const socket of sockets.clients) socket.terminate()
sockets.close()
await workshop.close()

async function connectPlain(page: Page): Promise<WebSocket> {
  const address = sockets.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const connected = once(sockets, 'connection')
  await page.evaluate(`(() => {
    const socket = new WebSocket('ws://127.0.0.1:${port}')
    socket.onmessage = () => socket.send(String(performance.timeOrigin + performance.now()))
  })()`)
  const [socket]: WebSocket[] = await connected
  if (socket === undefined) throw new Error('the plain page did not connect')
  return socket
}

/** Until the plain page has it; both clocks are this machine's. */
async function timeArrival(socket: WebSocket): Promise<number> {
  const answer = once(socket, 'message')
  const from = now()
  socket.send(JSON.stringify({ type: 'view', view: glass.fixture.api.view() }))
  const [at] = await answer
  return Number(String(at)) - from
}

/** Every second time another page is turned to, else the same page says something new. */
async function timePaint({ fixture, page }: Glass, turn: number): Promise<number> {
  const { view } = FIXTURES[turn % FIXTURES.length] ?? { view: fixture.api.view() }
  const from = now()
  const { revision } = fixture.show(turn % 2 === 0 ? view : fixture.api.view(), turn % 2 === 0)
  const painted: unknown = await page.evaluate(`new Promise((resolve) => {
    const look = () => window.painted[${revision}] ? resolve(window.painted[${revision}]) : setTimeout(look, 5)
    look()
  })`)
  return z.number().parse(painted) - from
}

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

function now(): number {
  return performance.timeOrigin + performance.now()
}

function tell(what: string, measured: readonly number[]): void {
  const sorted = measured.toSorted((one, two) => one - two)
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
      .toFixed(1)
      .padStart(9)
  console.log(`${what.padEnd(20)}${at(0.5)}${at(0.95)}${at(1)}`)
}
