import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { lockFolder } from '#shell/journal/folder-lock.ts'
import { registerBackup } from '../../../src/cli/journal/backup.ts'
import { registerRestore } from '../../../src/cli/journal/restore.ts'
import { scratchFolder, writeDay } from '../../shell/journal/day.ts'

type Said = { code: number; out: string[]; err: string[] }

async function suretill(...args: string[]): Promise<Said> {
  const said: Said = { code: 0, out: [], err: [] }
  const program = new Command('suretill').exitOverride()
  const io = {
    out: (line: string) => void said.out.push(line),
    err: (line: string) => void said.err.push(line),
  }
  registerBackup(program, io)
  registerRestore(program, io)
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    said.code = error.exitCode
  }
  return said
}

function keptDay(): { readonly data: string; readonly kept: string; readonly words: string[] } {
  const data = scratchFolder()
  writeDay(data)
  const keyFile = join(data, 'key')
  writeFileSync(keyFile, 'lantern river ninety\nnot part of it\n')
  return { data, kept: join(data, 'kept'), words: ['--data', data, '--key-file', keyFile] }
}

test('a technician takes a backup, loses the journal, and has it again', async () => {
  const { data, kept, words } = keptDay()
  const taken = await suretill('backup', ...words, '--to', kept)
  expect([taken.code, taken.out[0]]).toEqual([
    0,
    expect.stringMatching(/holds the journal up to event \d+\. Keep the key in another place\.$/),
  ])
  rmSync(join(data, 'journal.db'))
  const restored = await suretill('restore', ...words, '--from', kept)
  expect([restored.code, restored.out[0]]).toEqual([
    0,
    expect.stringMatching(/^The journal is restored: \d+ events, chain and records whole\.$/),
  ])
  expect(existsSync(join(data, 'journal.db'))).toBe(true)
})

test('an older backup is refused with what it would cost, and the flag of the supervisor is named', async () => {
  const { data, kept, words } = keptDay()
  await suretill('backup', ...words, '--to', kept)
  writeDay(data, [{ do: 'sell', yuan: 9, outcome: 'approved' }])
  const refused = await suretill('restore', ...words, '--from', kept)
  expect(refused.code).toBe(1)
  expect(refused.out[0]).toMatch(
    /older than what this terminal has done: \d+ events .*--supervisor-accepts-loss/,
  )
  const taken = await suretill('restore', ...words, '--from', kept, '--supervisor-accepts-loss')
  expect(taken.code).toBe(0)
  expect(taken.out[0]).toMatch(/\d+ events are not in it: .*acquirer's books alone/)
})

test('nothing is restored under a terminal that runs', async () => {
  const { data, kept, words } = keptDay()
  await suretill('backup', ...words, '--to', kept)
  const unlock = lockFolder(join(data, 'terminal.lock'))
  const refused = await suretill('restore', ...words, '--from', kept)
  unlock?.()
  expect([refused.code, refused.err]).toEqual([
    2,
    [expect.stringMatching(/^A terminal is running/)],
  ])
})

test('a short key and a missing one are refused before anything is done', async () => {
  const { data, kept } = keptDay()
  const short = join(data, 'short')
  writeFileSync(short, '123456\n')
  for (const keyFile of [short, join(data, 'none')]) {
    const refused = await suretill('backup', '--data', data, '--to', kept, '--key-file', keyFile)
    expect([refused.code, refused.err.length]).toEqual([2, 1])
  }
  expect(existsSync(kept)).toBe(false)
})
