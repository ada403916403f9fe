import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openPty } from '../rig/sim/pty.ts'

/** Longer than the time after which a line that nobody reads overruns. */
const STALL_MS = 700
const TURNS = 20

test('a laboratory that was kept waiting itself loses no byte that a device has sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'line-'))
  const pty = openPty({ path: join(folder, 'device') })
  onTestFinished(() => {
    pty.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const sent = 'the card was read'
  pty.write(Buffer.from(sent))
  const until = performance.now() + STALL_MS
  while (performance.now() < until);
  for (let turn = 0; turn < TURNS; turn++) await nextTurn()
  const reader = openSync(pty.path, constants.O_RDONLY | constants.O_NOCTTY | constants.O_NONBLOCK)
  onTestFinished(() => closeSync(reader))
  const got = Buffer.alloc(100)
  const count = readSync(reader, got)
  expect(got.subarray(0, count).toString()).toBe(sent)
})
