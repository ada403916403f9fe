import { expect, test } from 'vitest'
import { codeSale, openLink, startHost } from './bench.ts'

test('a link that is let go while a line is being dialled: the sale does not leave after all', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port] })
  await link.signOn()
  const { attempt, held } = codeSale('000002')
  const sale = link.acquirer.sell(attempt, held)
  link.acquirer.close()
  expect(await sale).toEqual({ kind: 'unreachable' })
  expect(host.held()).toBe(0)
})

test('nothing is asked on a link that was let go', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port] })
  await link.signOn()
  link.acquirer.close()
  expect(await link.acquirer.probe('000001')).toBe(false)
})
