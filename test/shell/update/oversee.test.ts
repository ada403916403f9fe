/** What the running terminal does about releases, look by look on a clock of our own. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { createFileCalls } from '#shell/update/file-calls.ts'
import { type OverseeParts, oversee } from '#shell/update/oversee.ts'
import { ownSlot } from '#shell/update/own-slot.ts'
import { type Machine, newMachine } from './two-slots.ts'

type Watched = {
  readonly due: () => Promise<string | null>
  /** Time passes in steps of a second. */
  readonly pass: (seconds: number) => void
  readonly notes: string[]
  readonly stop: () => void
}

function watched(machine: Machine, slot: 'a' | 'b', parts: Partial<OverseeParts> = {}): Watched {
  let now = 0
  let waiting: { readonly at: number; readonly task: () => void } | null = null
  const notes: string[] = []
  const calls = createFileCalls()
  let ended: string | null = null
  const overseer = oversee({
    own: ownSlot(join(machine.slots, slot), calls),
    calls,
    disk: createDisk(),
    data: machine.data,
    state: withDevices,
    objections: () => [],
    isReady: () => true,
    readyWithinMs: 60_000,
    clock: {
      wallMs: () => now,
      monotonicMs: () => now,
      after: (ms, task) => {
        waiting = { at: now + ms, task }
        return () => {
          waiting = null
        }
      },
    },
    note: (what) => notes.push(what),
    onWaits: (waits) => notes.push(waits ? 'shown' : 'no longer shown'),
    ...parts,
  })
  void overseer.due.then((why) => {
    ended = why
  })
  return {
    notes,
    stop: () => overseer.stop(),
    due: async () => {
      await Promise.resolve()
      return ended
    },
    pass: (seconds) => {
      const until = now + seconds * 1000
      while (waiting !== null && waiting.at <= until) {
        const { at, task } = waiting
        now = at
        waiting = null
        task()
      }
      now = until
    },
  }
}

/** Everything answers but the scanner. */
function withDevices(): TerminalState {
  const state = initialState()
  const { cardReader, pinPad, printer, qrScanner } = state.devices
  const well = (one: typeof printer): typeof printer => ({ ...one, troubles: [] })
  const devices = {
    cardReader: well(cardReader),
    pinPad: well(pinPad),
    printer: well(printer),
    qrScanner,
  }
  return { ...state, devices }
}

function goodMark({ data }: Machine): string | null {
  const file = join(data, 'release.good')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
}

async function machineOnTrial(): Promise<Machine> {
  const machine = newMachine()
  await machine.install('1.0.0')
  await machine.install('1.1.0')
  return machine
}

test('a release that waits is gone over to only when nothing stands against it any more', async () => {
  const machine = await machineOnTrial()
  const against = ['reversalOwed']
  const shop = watched(machine, 'a', { objections: () => against })
  shop.pass(3600)
  expect(await shop.due()).toBeNull()
  against.pop()
  shop.pass(10)
  expect(await shop.due()).toBe('goOver')
  expect(shop.notes).toContain('shown')
})

test('without another release the terminal goes on for days', async () => {
  const machine = newMachine()
  await machine.install('1.0.0')
  const shop = watched(machine, 'a')
  shop.pass(86_400)
  expect(await shop.due()).toBeNull()
  expect(goodMark(machine)).toBeNull()
})

test('a work tree has no slots, and nothing is overseen', async () => {
  const machine = await machineOnTrial()
  const shop = watched(machine, 'a', { own: null })
  shop.pass(3600)
  expect(await shop.due()).toBeNull()
  expect(ownSlot(join(machine.slots, 'c'), createFileCalls())).toBeNull()
})

test('a new release that is ready with the devices of before is good, by the digest of its manifest', async () => {
  const machine = await machineOnTrial()
  const before = watched(machine, 'a')
  before.stop()
  let isReady = false
  const shop = watched(machine, 'b', { isReady: () => isReady })
  shop.pass(30)
  expect(goodMark(machine)).toBeNull()
  isReady = true
  shop.pass(1)
  const manifest = readFileSync(join(machine.slots, 'b', 'manifest.json'))
  expect(goodMark(machine)).toBe(createHash('sha256').update(manifest).digest('hex'))
  expect(await shop.due()).toBeNull()
})

test('not ready in time: the terminal ends and nothing is marked', async () => {
  const machine = await machineOnTrial()
  const shop = watched(machine, 'b', { isReady: () => false })
  shop.pass(59)
  expect(await shop.due()).toBeNull()
  shop.pass(2)
  expect(await shop.due()).toBe('trialFailed')
  expect(goodMark(machine)).toBeNull()
})

test('a device that answered before and does not answer the new release fails the trial', async () => {
  const machine = await machineOnTrial()
  writeFileSync(join(machine.data, 'release.before'), '["printer","qrScanner"]')
  const shop = watched(machine, 'b')
  shop.pass(61)
  expect(await shop.due()).toBe('trialFailed')
})

test('a trial that failed does not forget which devices answered before: the next start is held to them too', async () => {
  const machine = await machineOnTrial()
  writeFileSync(join(machine.data, 'release.before'), '["printer","qrScanner"]')
  for (let starts = 0; starts < 2; starts += 1) {
    const shop = watched(machine, 'b')
    shop.pass(61)
    expect(await shop.due()).toBe('trialFailed')
    shop.stop()
  }
  expect(goodMark(machine)).toBeNull()
})

test('a device that was dead before is not held against the new release', async () => {
  const machine = await machineOnTrial()
  writeFileSync(join(machine.data, 'release.before'), '["printer","cardReader"]')
  const shop = watched(machine, 'b')
  shop.pass(1)
  expect(goodMark(machine)).not.toBeNull()
})

test('when nobody knows which devices answered before, all of them must', async () => {
  const machine = await machineOnTrial()
  const shop = watched(machine, 'b')
  shop.pass(61)
  expect(await shop.due()).toBe('trialFailed')
})

test('a data folder that cannot be written is noted and does not end the terminal', async () => {
  const machine = await machineOnTrial()
  writeFileSync(join(machine.data, 'release.before'), '[]')
  const shop = watched(machine, 'b', {
    disk: {
      read: () => Buffer.from('[]'),
      write: () => {
        throw new Error('ENOSPC')
      },
    },
  })
  shop.pass(3600)
  expect(await shop.due()).toBeNull()
  expect(shop.notes).toContain('update')
  expect(goodMark(machine)).toBeNull()
})
