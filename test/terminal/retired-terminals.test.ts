/** Terminals that leave their place: moved to another box with what they owe, or wiped so that nothing can be read off the disk. */
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createTerminalProcess } from '../rig/terminal-process.ts'
import { connectCashier } from './cashier.ts'
import { openShop, type Shop, suretill, until } from './shop.ts'

const SLOW_MS = 180_000
const TERMINAL = '10000001'

test('a box dies with a reversal owed: the replacement takes the journal over and gives the money back; the old one refuses to sell', {
  timeout: SLOW_MS,
}, async () => {
  const shop = await openShop()
  await sell(shop)
  // The host books the second sale, its answer is lost, and so is the power.
  shop.rig.acquirer.applyFault({ kind: 'dropReply', mti: '0200' })
  await shop.cashier().ask('20')
  await shop.present('tap', 'debit')
  await until(shop.rig.acquirer, () => shop.rig.acquirer.held(TERMINAL) === 5850)
  await shop.powerCut()

  const places = { keyFile: keyFile(shop), folder: join(shop.dataFolder, '..', 'travels') }
  const out = run(shop.dataFolder, 'move-out', places)
  expect(out.said).toContain('This box sells no more')
  const again = await shop.terminal.powerOn()
  expect(again.kind === 'failed' ? again.why : '').toContain('was moved to another box')
  expect(run(shop.dataFolder, 'stay', null)).toMatchObject({ exitCode: 1 })

  const data = join(shop.dataFolder, '..', 'new-box')
  const wrong = run(data, 'move-in', {
    ...places,
    keyFile: keyFile(shop, 'another key altogether'),
  })
  expect(wrong).toMatchObject({ exitCode: 1, said: expect.stringContaining('does not open') })
  expect(run(data, 'move-in', places)).toMatchObject({ exitCode: 0 })
  const box = createTerminalProcess({
    command: [suretill(), 'run', '--json', '--config', shop.configFolder, '--data', data],
  })
  onTestFinished(() => box.stop())
  const started = await box.powerOn()
  if (started.kind === 'failed') throw new Error(started.why)
  await until(shop.rig.acquirer, () => shop.rig.acquirer.held(TERMINAL) === 3850)
  const cashier = await connectCashier(started.screens)
  onTestFinished(() => cashier.leave())
  const view = await cashier.until(
    ({ strip }) => strip.link === 'up' && strip.openItems === 0,
    'nothing to be owed',
  )
  expect(view.strip.openItems).toBe(0)
  await box.stop()
  expect(run(data, 'move-in', places)).toMatchObject({ exitCode: 1 })
})

test('a move that was cut off sells on neither box until somebody decides', {
  timeout: SLOW_MS,
}, async () => {
  const shop = await openShop()
  await shop.terminal.stop()
  writeFileSync(join(shop.dataFolder, 'retired.json'), '{"state":"mov')
  const refused = await shop.terminal.powerOn()
  expect(refused.kind === 'failed' ? refused.why : '').toContain('the move was not finished')
  expect(run(shop.dataFolder, 'stay', null)).toMatchObject({ exitCode: 0 })
  expect((await shop.terminal.powerOn()).kind).toBe('ready')
})

test('wiped: keys first, then everything; where the files lay there are zeros, and the box sells no more', {
  timeout: SLOW_MS,
}, async () => {
  const shop = await openShop()
  await sell(shop)
  expect(wipe(shop)).toMatchObject({
    exitCode: 2,
    said: expect.stringContaining('A terminal is running'),
  })
  await shop.terminal.stop()
  expect(wipe(shop)).toMatchObject({ exitCode: 1, said: expect.stringContaining('not settled') })
  const traces = keepHoldOf(shop.dataFolder, join(shop.dataFolder, '..', 'traces'))
  const search = (): readonly string[] =>
    traces.filter((file) => readFileSync(file).some((byte) => byte !== 0))
  expect(search().length).toBeGreaterThan(4)
  const done = wipe(shop, '--owed-is-settled')
  expect(done).toMatchObject({
    exitCode: 0,
    said: expect.stringContaining('keys keys.json, device.key'),
  })
  // Key files are overwritten with random bytes, everything else with zeros.
  const keys = traces.filter((file) => /(keys\.json|device\.key)$/.test(file))
  expect(search().filter((file) => !keys.includes(file))).toEqual([])
  expect(readdirSync(shop.dataFolder).sort()).toEqual(['retired.json', 'terminal.lock'])
  const refused = await shop.terminal.powerOn()
  expect(refused.kind === 'failed' ? refused.why : '').toContain('was decommissioned')
})

async function sell(shop: Shop): Promise<void> {
  await shop.cashier().ask('38.5')
  await shop.present('tap', 'debit')
  await shop.cashier().until(({ counter }) => counter.kind === 'result', 'the result')
  await shop
    .cashier()
    .until(
      ({ counter }) =>
        counter.kind === 'result' && counter.slips.every(({ state }) => state === 'printed'),
      'the slips',
    )
  shop.cashier().press('confirm')
  await shop.cashier().until(({ counter }) => counter.kind === 'amount', 'the next customer')
}

/** A second name for every file: what stands on the disk afterwards can be read although the first name is gone. */
function keepHoldOf(data: string, into: string): readonly string[] {
  mkdirSync(into)
  return readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(data, name)).isFile() && !/terminal\.lock|retired/.test(name))
    .map((name) => {
      const hold = join(into, name.replaceAll('/', '-'))
      linkSync(join(data, name), hold)
      return hold
    })
}

function keyFile(shop: Shop, key = 'a key for two boxes'): string {
  const file = join(shop.dataFolder, '..', `${key.replaceAll(' ', '-')}.key`)
  writeFileSync(file, `${key}\n`)
  return file
}

function wipe(shop: Shop, ...more: readonly string[]) {
  return run(shop.dataFolder, 'wipe', null, '--yes', ...more)
}

function run(
  data: string,
  verb: string,
  move: { readonly keyFile: string; readonly folder: string } | null,
  ...more: readonly string[]
): { readonly exitCode: number; readonly said: string } {
  const places = move === null ? [] : ['--folder', move.folder, '--key-file', move.keyFile]
  const args = ['decommission', verb, '--data', data, '--who', 'Wang', ...places, ...more]
  try {
    return {
      exitCode: 0,
      said: execFileSync(suretill(), args, { encoding: 'utf8', stdio: 'pipe' }),
    }
  } catch (cause) {
    if (!(cause instanceof Error) || !('status' in cause) || !('stderr' in cause)) throw cause
    return { exitCode: Number(cause.status), said: String(cause.stderr) }
  }
}
