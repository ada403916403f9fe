/** An approval that comes when its reversal is long under way. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'

test('a late approval on a long line is written into the journal as refused, and the sale stays reversed', async () => {
  const shop = await openShop({ config: { 'acquirer.connection': 'long' } })
  const { rig, cashier, present, terminal } = shop
  rig.acquirer.applyFault({ kind: 'delayReply', ms: 2500, mti: '0200' })
  await cashier().ask('38.5')
  await present('tap', 'debit')
  const reversed = await cashier().told('host.reversed')
  expect(reversed.counter).toMatchObject({ kind: 'result', outcome: 'notPaid' })
  // The next sale is answered behind the late approval of the first.
  rig.acquirer.applyFault({ kind: 'delayReply', ms: 1200, mti: '0200' })
  cashier().press('0')
  await cashier().page('present')
  await present('tap', 'debit')
  const paid = await cashier().until(
    ({ counter }) => counter.kind === 'result' && counter.outcome === 'approved',
    'the second approval',
  )
  expect(paid.counter).toMatchObject({ amount: { minor: 3850 } })
  expect(rig.acquirer.held()).toBe(3850)
  await terminal.stop()
  expect(strays(shop)).toEqual([{ code: '00', mac: 'good', refused: 'lateAnswer' }])
})

function strays({ dataFolder }: Shop): readonly unknown[] {
  const journal = new DatabaseSync(join(dataFolder, 'journal.db'), { readOnly: true })
  const rows = journal.prepare('SELECT body, refused FROM event ORDER BY seq').all()
  journal.close()
  return rows.flatMap(({ body, refused }) => {
    const event = JSON.parse(String(body))
    return event.type === 'strayAnswerCame' ? [{ code: event.code, mac: event.mac, refused }] : []
  })
}
