import { expect, test } from 'vitest'
import { openLink, startHost } from './bench.ts'
import { startScriptedHost } from './scripted-host.ts'

const REQUEST = { stan: '000009', batch: '000001' }

test('the host that hears a sign-off forgets the keys of the terminal', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port] })
  await link.signOn()
  expect(await link.acquirer.signOff(REQUEST)).toEqual(ended('accepted'))
  expect(host.state().terminals).toMatchObject([{ signedOn: false }])
})

test('a sign-off that nobody answers is not called done', async () => {
  const host = await startScriptedHost()
  const link = openLink({ ports: [host.port], replyTimeoutMs: 100 })
  expect(await link.acquirer.signOff(REQUEST)).toEqual(ended('unanswered'))
  expect(host.requests()).toBe(1)
})

function ended(outcome: 'accepted' | 'unanswered') {
  return { type: 'signOffEnded', outcome, code: '' }
}
