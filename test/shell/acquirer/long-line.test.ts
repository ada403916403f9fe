import { expect, test } from 'vitest'
import { codeSale, openLink, startHost, type TerminalLink } from './bench.ts'
import { startScriptedHost } from './scripted-host.ts'

const LONG = { connection: 'long' } as const

test('a long line carries every question on one connection', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port], ...LONG })
  await link.signOn()
  await sell(link, '000002')
  await sell(link, '000003')
  expect(await link.acquirer.probe('000001')).toBe(true)
  expect(host.state().connections).toBe(1)
  expect(host.held()).toBe(2 * 3850)
})

test('a long line that the host closed is made anew for the next question', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port], ...LONG })
  await link.signOn()
  host.setFault({ kind: 'closeBeforeReply' })
  expect(await sell(link, '000002')).toEqual({ kind: 'silent' })
  expect(await sell(link, '000003')).toMatchObject({ kind: 'replied' })
})

test('two questions in a row without an answer: the line is dead, and the third goes by a new one', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port], ...LONG, replyTimeoutMs: 100 })
  await link.signOn()
  const dumb = await startScriptedHost()
  const other = openLink({ ports: [dumb.port], ...LONG, replyTimeoutMs: 100, keys: link.keys })
  await sell(other, '000002')
  await sell(other, '000003')
  expect(dumb.calls()).toBe(1)
  await sell(other, '000004')
  expect(dumb.calls()).toBe(2)
})

test('an echo that waits does not hold up a sale', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port], ...LONG })
  await link.signOn()
  host.setFault({ kind: 'dropReply', mti: '0820' })
  const echo = link.acquirer.probe('000001')
  expect(await sell(link, '000002')).toMatchObject({ kind: 'replied' })
  expect(await echo).toBe(false)
})

test('a late approval is told as an event and answers nobody', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port], ...LONG, replyTimeoutMs: 200 })
  await link.signOn()
  host.setFault({ kind: 'delayReply', ms: 300 })
  expect(await sell(link, '000002')).toEqual({ kind: 'silent' })
  const next = await sell(link, '000003')
  await link.acquirer.probe('000001')
  expect(next).toMatchObject({ kind: 'replied', reply: { fields: { '11': '000003' } } })
  await expect.poll(() => link.told).toEqual([stray('000002')])
})

test('the same approval twice: the second is told as an event', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port], ...LONG })
  await link.signOn()
  host.setFault({ kind: 'replyTwiceGlued' })
  expect(await sell(link, '000002')).toMatchObject({ kind: 'replied' })
  expect(link.told).toEqual([stray('000002')])
})

test('half a frame and then nothing: the line is given up, and the outcome is unknown', async () => {
  const host = await startHost()
  const link = openLink({
    ports: [host.port],
    ...LONG,
    replyTimeoutMs: 60_000,
    frameTimeoutMs: 100,
  })
  await link.signOn()
  host.setFault({ kind: 'halfFrame' })
  expect(await sell(link, '000002')).toEqual({ kind: 'silent' })
  expect(link.notes.at(-1)).toMatchObject({ detail: 'half a frame' })
  expect(await sell(link, '000003')).toMatchObject({ kind: 'replied' })
})

test('an answer that comes byte by byte is an answer', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port], replyTimeoutMs: 10_000 })
  await link.signOn()
  host.setFault({ kind: 'slowBytes', ms: 1 })
  expect(await sell(link, '000002')).toMatchObject({ kind: 'replied', reply: { mac: 'good' } })
})

test('a host that pours out answers to nobody loses the line', async () => {
  const host = await startScriptedHost()
  const link = openLink({ ports: [host.port], ...LONG })
  host.onRequest = (_, line) => {
    const frame = Uint8Array.of(0, 11, ...new Uint8Array(11))
    line.write(Buffer.concat(Array.from({ length: 40 }, () => frame)))
  }
  expect(await link.acquirer.probe('000001')).toBe(false)
  expect(link.notes.at(-1)).toMatchObject({ detail: 'too many foreign frames' })
})

function sell(link: TerminalLink, stan: string): ReturnType<TerminalLink['acquirer']['sell']> {
  const { attempt, held } = codeSale(stan)
  return link.acquirer.sell(attempt, held)
}

function stray(stan: string): Readonly<Record<string, string>> {
  return { type: 'strayAnswerCame', mti: '0210', stan, code: '00', mac: 'good' }
}
