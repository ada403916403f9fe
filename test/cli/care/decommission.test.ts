/** A wipe that the power has cut off, and run again. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '#shell/system-clock.ts'
import { registerDecommission } from '../../../src/cli/care/decommission.ts'
import { offTerminal, runCommand } from '../off-terminal.ts'

test('a wipe that was allowed and cut off goes on, whatever the journal that is left says', async () => {
  const { data } = offTerminal({ inBatch: 5 })
  const wipe = (): ReturnType<typeof runCommand> =>
    runCommand(
      (program, io) => registerDecommission(program, { ...io, clock: systemClock }),
      ['decommission', 'wipe', '--data', data, '--who', 'WANG', '--yes'],
    )
  const refused = await wipe()
  expect([refused.code, refused.err.join('')]).toEqual([
    1,
    expect.stringContaining('5 transactions that are not settled'),
  ])
  const begun = { state: 'decommissioned', at: '2026-06-01', who: 'WANG', seq: 0 }
  writeFileSync(join(data, 'retired.json'), JSON.stringify(begun))
  expect((await wipe()).code).toBe(0)
  expect(readdirSync(data).sort()).toEqual(['retired.json', 'terminal.lock'])
})
