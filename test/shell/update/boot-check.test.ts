/** Start after start of a terminal with two slots, as the unit has them checked: the script itself, on real folders. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openJournal } from '#shell/journal/journal.ts'
import { type Machine, newMachine } from './two-slots.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const SCRIPT = join(ROOT, 'config', 'systemd', 'boot-check.sh')
/** The program of this work tree, as a release. */
const REAL_PROGRAM = `exec '${process.execPath}' '${join(ROOT, 'src', 'main.ts')}' "$@"`

function start({ config, data, slots }: Machine) {
  const { status, stdout } = spawnSync('sh', [SCRIPT, slots, data, config], { encoding: 'utf8' })
  return { mayStart: status === 0, said: stdout.trim(), runs: readlinkSync(join(slots, 'current')) }
}

function markedGood({ data, slots }: Machine): void {
  const manifest = readFileSync(join(slots, 'current', 'manifest.json'))
  const digest = createHash('sha256').update(manifest).digest('hex')
  writeFileSync(join(data, 'release.good'), `${digest}\n`)
}

async function updated(options?: Parameters<Machine['install']>[1]): Promise<Machine> {
  const machine = newMachine()
  await machine.install('1.0.0', options)
  await machine.install('1.1.0', { ...options, minimumVersion: '1.1.0' })
  return machine
}

test('a first installation starts, again and again, and says nothing', async () => {
  const machine = newMachine()
  await machine.install('1.0.0')
  for (let times = 0; times < 5; times += 1)
    expect(start(machine)).toEqual({ mayStart: true, said: '', runs: 'a' })
})

test('a new release that never becomes ready gets three starts, then the one before takes over for good', async () => {
  const machine = await updated()
  const runs = Array.from({ length: 6 }, () => start(machine).runs)
  expect(runs).toEqual(['b', 'b', 'b', 'a', 'a', 'a'])
  expect(existsSync(join(machine.slots, 'trial'))).toBe(false)
})

test('a new release that becomes ready stays, and nothing older can be gone back to', async () => {
  const machine = await updated()
  expect(start(machine).runs).toBe('b')
  markedGood(machine)
  expect(start(machine)).toMatchObject({ runs: 'b', said: expect.stringContaining('is good') })
  expect(existsSync(join(machine.slots, 'trial'))).toBe(false)
  expect(readFileSync(join(machine.slots, 'floor'), 'utf8')).toBe('1.1.0\n')
  // Even when it is damaged later: what is older than it allows does not run again.
  writeFileSync(join(machine.slots, 'b', 'bin', 'suretill'), 'damaged')
  expect(start(machine)).toMatchObject({ mayStart: false, runs: 'b' })
})

test('a mark of another build does not make this one good', async () => {
  const machine = await updated()
  writeFileSync(join(machine.data, 'release.good'), `${'0'.repeat(64)}\n`)
  expect(Array.from({ length: 4 }, () => start(machine).runs)).toEqual(['b', 'b', 'b', 'a'])
})

test('power cut between the note of the trial and the switch: the old release runs, and is not on trial', async () => {
  const machine = await updated()
  unlinkSync(join(machine.slots, 'current'))
  symlinkSync('a', join(machine.slots, 'current'))
  expect(start(machine).runs).toBe('a')
  expect(existsSync(join(machine.slots, 'trial'))).toBe(false)
})

test.each(['bin/suretill', 'version', 'files.sha256', 'manifest.json'])(
  'a damaged %s of the release that runs: the other one takes over',
  async (file) => {
    const machine = await updated()
    writeFileSync(join(machine.slots, 'b', file), 'damaged')
    if (file === 'manifest.json') unlinkSync(join(machine.slots, 'b', file))
    expect(start(machine)).toMatchObject({ mayStart: true, runs: 'a' })
  },
)

test('two damaged releases: nothing starts, and it says what to do', async () => {
  const machine = await updated()
  for (const slot of ['a', 'b']) writeFileSync(join(machine.slots, slot, 'version'), 'damaged')
  expect(start(machine)).toMatchObject({
    mayStart: false,
    said: expect.stringContaining('install a bundle again'),
  })
})

test('the release before is asked whether it can go on from this journal', async () => {
  const machine = await updated({ program: REAL_PROGRAM })
  openJournal(join(machine.data, 'journal.db'))
  expect(Array.from({ length: 4 }, () => start(machine).runs)).toEqual(['b', 'b', 'b', 'a'])
}, 60_000)

test('once the newer release has changed the journal, an older one that cannot read it does not take over', async () => {
  const machine = await updated({ program: REAL_PROGRAM })
  const journal = join(machine.data, 'journal.db')
  const opened = openJournal(journal)
  if (opened.ok) opened.journal.close()
  const db = new DatabaseSync(journal)
  db.exec('PRAGMA user_version = 99')
  db.close()
  for (let times = 0; times < 3; times += 1) start(machine)
  expect(start(machine)).toMatchObject({
    mayStart: true,
    runs: 'b',
    said: expect.stringContaining('cannot read the journal any more'),
  })
}, 60_000)
