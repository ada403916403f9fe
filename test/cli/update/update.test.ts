/** `suretill update` as a technician meets it: what it says, how it exits, what it leaves. */
import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { createFileCalls } from '#shell/update/file-calls.ts'
import { registerUpdate } from '../../../src/cli/update/update.ts'
import { type Keys, NOW, newKeys, sampleBundle, scratch } from '../../shell/update/sample-bundle.ts'

const SHARED = fileURLToPath(new URL('../../../config', import.meta.url))
/** 2026-11-22 03:00 in China: the shop is closed. */
const NIGHT = NOW - 5 * 3_600_000

type Said = { readonly lines: readonly string[]; readonly exit: number }

async function update(destdir: string, args: readonly string[], wallMs = NIGHT): Promise<Said> {
  const lines: string[] = []
  const program = new Command('suretill').exitOverride()
  registerUpdate(program, {
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
    sharedConfig: SHARED,
    locale: 'en',
    clock: { wallMs: () => wallMs, monotonicMs: () => 0, after: () => () => undefined },
    calls: createFileCalls(),
    processor: 'x64',
    rauc: {
      slots: async () => null,
      markGood: async () => ({ ok: false, why: 'noService', detail: '' }),
      install: async (_, onProgress) => {
        onProgress({ percent: 40, what: 'Checking bundle done.' })
        return { ok: true }
      },
    },
  })
  try {
    await program.parseAsync(['update', ...args, '--destdir', destdir], { from: 'user' })
    return { lines, exit: 0 }
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { lines, exit: error.exitCode }
  }
}

async function bundleOf(keys: Keys, version: string, program = 'exit 0'): Promise<string> {
  return sampleBundle(keys, version, {
    contents: [
      { path: 'bin/suretill', from: Buffer.from(`#!/bin/sh\n${program}\n`), executable: true },
      { path: 'boot-check', from: Buffer.from('#!/bin/sh\n'), executable: true },
    ],
  })
}

async function installed(): Promise<{ destdir: string; keys: Keys; slots: string }> {
  const destdir = scratch()
  const keys = newKeys()
  const key = join(destdir, 'release.pem')
  writeFileSync(key, keys.publicKey)
  const first = await update(destdir, ['install', await bundleOf(keys, '1.0.0'), '--key', key])
  expect(first.exit).toBe(0)
  return { destdir, keys, slots: join(destdir, 'opt', 'suretill') }
}

test('a first installation below DESTDIR: slot a, the links of the machine, the data folders', async () => {
  const { destdir, slots } = await installed()
  expect(readlinkSync(join(slots, 'current'))).toBe('a')
  expect(readlinkSync(join(destdir, 'etc/systemd/system/suretill.service'))).toBe(
    '/opt/suretill/current/system/suretill.service',
  )
  expect(readlinkSync(join(destdir, 'usr/local/bin/suretill'))).toBe(
    '/opt/suretill/current/bin/suretill',
  )
  for (const folder of ['etc/suretill', 'var/lib/suretill'])
    expect(existsSync(join(destdir, folder))).toBe(true)
  const { exit, lines } = await update(destdir, ['status'])
  expect(exit).toBe(0)
  expect(lines).toEqual([
    'Running from slot a: release 1.0.0',
    'Slot b: empty',
    'An update may begin now.',
  ])
})

test('after an installation the next command is told: the set-up first, then the start', async () => {
  const destdir = scratch()
  const keys = newKeys()
  const key = join(destdir, 'release.pem')
  writeFileSync(key, keys.publicKey)
  const first = await update(destdir, ['install', await bundleOf(keys, '1.0.0'), '--key', key])
  expect(first.lines.at(-1)).toContain('suretill setup --into /etc/suretill')
  writeFileSync(join(destdir, 'etc/suretill/terminal.yaml'), 'of a shop')
  const second = await update(destdir, ['install', await bundleOf(keys, '1.1.0')])
  expect(second.lines.at(-1)).toContain('systemctl start suretill')
})

test('the second run is an update into the other slot, on trial until it is marked good', async () => {
  const { destdir, keys, slots } = await installed()
  const { lines } = await update(destdir, ['install', await bundleOf(keys, '1.1.0')])
  expect(lines.slice(0, 5)).toEqual([
    'Checking signature and every file …',
    'Writing the other slot …',
    'Trying the new release on a copy of the journal …',
    'Switching …',
    'Release 1.1.0 is in slot b and will run from the next start. What was sold is untouched.',
  ])
  const status = await update(destdir, ['status', '--json'])
  expect(JSON.parse(status.lines[0] ?? '')).toMatchObject({
    current: 'b',
    releases: { a: '1.0.0', b: '1.1.0' },
    trial: { slot: 'b', previous: 'a', tries: 3 },
    floor: null,
  })
  expect((await update(destdir, ['mark-good'])).exit).toBe(0)
  expect(readFileSync(join(slots, 'floor'), 'utf8')).toBe('1.0.0\n')
  expect((await update(destdir, ['mark-good'])).exit).toBe(1)
})

test('roll-back runs the release before, and asks it first', async () => {
  const { destdir, keys, slots } = await installed()
  await update(destdir, ['install', await bundleOf(keys, '1.1.0')])
  expect(await update(destdir, ['roll-back'])).toMatchObject({ exit: 0 })
  expect(readlinkSync(join(slots, 'current'))).toBe('a')
  expect(existsSync(join(slots, 'trial'))).toBe(false)
  writeFileSync(join(slots, 'b', 'bin', 'suretill'), '#!/bin/sh\nexit 1\n')
  const { exit, lines } = await update(destdir, ['roll-back'])
  expect(exit).toBe(1)
  expect(lines[0]).toContain('failed its test on this terminal')
  expect(readlinkSync(join(slots, 'current'))).toBe('a')
})

test('a release that says that it cannot run here is not switched to, and its reason is told', async () => {
  const { destdir, keys, slots } = await installed()
  const sick = await bundleOf(keys, '1.1.0', `echo '{"ok":false,"why":"fromTheFuture"}'; exit 1`)
  const { exit, lines } = await update(destdir, ['install', sick])
  expect(exit).toBe(1)
  expect(lines.at(-2)).toContain('fromTheFuture')
  expect(readlinkSync(join(slots, 'current'))).toBe('a')
})

test('in business hours, or with payments that are not settled, a refusal names the reason in both languages', async () => {
  const { destdir, keys, slots } = await installed()
  const data = join(destdir, 'var/lib/suretill')
  const opened = openJournal(join(data, 'journal.db'))
  if (!opened.ok) throw new Error(opened.why)
  const event = { type: 'keyPressed', page: 'amount#1', key: '5', at: NIGHT } as const
  opened.journal.commit({
    entries: [{ event, effects: [], refused: null }],
    state: { ...initialState(), inBatch: 2 },
    sealed: [],
  })
  opened.journal.close()
  const bundle = await bundleOf(keys, '1.1.0')
  const noon = NOW + 4 * 3_600_000
  const english = await update(destdir, ['install', bundle], noon)
  expect(english.exit).toBe(1)
  expect(english.lines.at(-2)).toBe(
    'Nothing was changed, and no money moved: the terminal must not be disturbed now (there are payments that are not settled; the shop is open (updates: between in terminal.yaml))',
  )
  const chinese = await update(destdir, ['install', bundle, '--lang', 'zh-CN'])
  expect(chinese.lines.at(-2)).toContain('有交易尚未结算')
  expect(chinese.lines.at(-1)).toBe('请先结算并等待完成，停止营业后再试。')
  expect(existsSync(join(slots, 'b'))).toBe(false)
})

test('a file of somebody else in a place of ours is left alone and named', async () => {
  const destdir = scratch()
  const keys = newKeys()
  writeFileSync(join(destdir, 'release.pem'), keys.publicKey)
  mkdirSync(join(destdir, 'usr/local/bin'), { recursive: true })
  writeFileSync(join(destdir, 'usr/local/bin/suretill'), 'mine')
  const key = ['--key', join(destdir, 'release.pem')]
  const { lines } = await update(destdir, ['install', await bundleOf(keys, '1.0.0'), ...key])
  expect(lines.join('\n')).toContain('/usr/local/bin/suretill is there already')
  expect(readFileSync(join(destdir, 'usr/local/bin/suretill'), 'utf8')).toBe('mine')
})

test('without a release key nothing is installed', async () => {
  const destdir = scratch()
  const { exit, lines } = await update(destdir, ['install', await bundleOf(newKeys(), '1.0.0')])
  expect(exit).toBe(1)
  expect(lines.at(-1)).toBe('Name it once with --key release.pem.')
})

test('self-test: this very release can go on from what is here, or says why not', async () => {
  const destdir = scratch()
  expect((await update(destdir, ['self-test'])).exit).toBe(0)
  mkdirSync(join(destdir, 'etc/suretill'), { recursive: true })
  writeFileSync(join(destdir, 'etc/suretill/terminal.yaml'), 'profile: nonsense\n')
  const { exit, lines } = await update(destdir, ['self-test', '--json'])
  expect(exit).toBe(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    ok: false,
    why: expect.stringContaining('profile'),
  })
})

test('an image of the operating system is held to the same rules, and its progress is shown', async () => {
  const { destdir } = await installed()
  const { exit, lines } = await update(destdir, ['image', 'install', 'os.raucb'])
  expect(exit).toBe(0)
  expect(lines[0]).toBe('System image: 40 % (Checking bundle done.)')
  const day = await update(destdir, ['image', 'status'])
  expect(day).toMatchObject({
    exit: 1,
    lines: [expect.stringContaining('RAUC'), expect.any(String)],
  })
})
