/** The cashier of the leak run at a real terminal process: what a sale leaves open is answered as it is on paper. */
import { expect, onTestFinished, test } from 'vitest'
import { comeHome, questionFor } from '../../../scripts/leaks/cashier.ts'
import { openShop } from '../../rig/scenario/at-counter.ts'
import { perform } from '../../rig/scenario/perform.ts'
import { setStage } from '../../rig/scenario/stage.ts'
import { readStep } from '../../rig/scenario/step.ts'
import type { Play } from '../../rig/scenario/wait-for.ts'

async function openedShop(linesPerSecond: number | null): Promise<Play> {
  const stage = await setStage({ config: {}, linesPerSecond })
  onTestFinished(() => stage.strike())
  const play: Play = { stage, since: null }
  expect(await openShop(play)).toBe(null)
  return play
}

async function act(play: Play, steps: readonly object[]): Promise<void> {
  for (const written of steps) {
    const read = readStep(written)
    expect(read.ok && (await perform(play, read.step))).toBe(null)
  }
}

test('the cable came out while the slip printed: nobody knows, the cashier looks at the paper and has it printed again', {
  timeout: 90_000,
}, async () => {
  const play = await openedShop(25)
  const { stage } = play
  await act(play, [
    { ask: '5' },
    { tap: 'debit' },
    { wait: { screen: { slips: ['printing', 'queued'] } } },
  ])
  expect(questionFor(stage)).toBe(null)
  await stage.until(() => (stage.rig.printer.papers().length > 0 ? null : 'no line yet'), 30_000)
  await act(play, [{ pull: 'printer' }])
  await stage.until(() => (questionFor(stage) === null ? 'not asked' : null), 30_000)
  expect(questionFor(stage)).toBe('is the slip on paper?')
  await act(play, [{ plug: 'printer' }])
  const did = await comeHome(play)
  expect(did.join('\n')).toContain('printMissing')
  await stage.until(() => (papersOf(play).length >= 2 ? null : 'not on paper'), 30_000)
  expect(papersOf(play).join('\n')).toContain('补打')
})

test('a customer who stands before the PIN pad and gives up is no reason to stop: the cashier comes home, nothing was charged', {
  timeout: 90_000,
}, async () => {
  const play = await openedShop(null)
  await act(play, [
    { ask: '1200' },
    { insert: 'debit' },
    { wait: { page: 'pin', devices: { padAsks: true } } },
  ])
  const did = await comeHome(play)
  expect(did.length).toBeGreaterThan(1)
  expect(play.stage.screen.views.at(-1)?.counter.kind).toBe('amount')
  expect(play.stage.rig.acquirer.state().heldMinor).toBe(0)
})

function papersOf({ stage }: Play): readonly string[] {
  return stage.rig.printer
    .papers()
    .filter(({ cut }) => cut)
    .map(({ text }) => text)
}
