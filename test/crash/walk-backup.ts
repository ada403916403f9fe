/** Breaks `suretill backup` at one call after another: the journal is as it was, and the backup is whole or not there. */
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { unsealFile } from '#shell/journal/backup/sealed-file.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import { liveDay } from './day.ts'
import { type Run, type Walked, walkInLanes } from './lanes.ts'
import type { Programs } from './programs.ts'
import { scratchRoot } from './scratch.ts'

const KEY = 'lantern river ninety'

/** Reading and sealing run on threads of the pool: `-f` follows them. */
export const BACKUP_BREAKS = [
  { call: 'pwrite64', how: 'error=ENOSPC' },
  { call: 'write', how: 'error=ENOSPC' },
  { call: 'fsync', how: 'error=EIO' },
  { call: 'pwrite64', how: 'signal=SIGKILL' },
  { call: 'fsync', how: 'signal=SIGKILL' },
  { call: 'rename', how: 'signal=SIGKILL' },
  { call: 'rename', how: 'error=EIO' },
] as const
type BackupBreak = (typeof BACKUP_BREAKS)[number]

/** More than a backup of a small journal makes. */
const CALLS_LIMIT = 400

/** `step`: 1 breaks every call, 10 every tenth; ends with the first backup that passes untouched. */
export async function walkBackup(
  { call, how }: BackupBreak,
  { step, lanes, programs }: { step: number; lanes: number; programs: Programs },
): Promise<Walked> {
  const name = `backup, ${how.replace(/^\w+=/, '')} at ${call}`
  const parent = mkdtempSync(join(scratchRoot(), 'crash-backup-'))
  const data = join(parent, 'data')
  try {
    mkdirSync(data)
    liveDay(data, 'small').letGo()
    writeFileSync(join(data, 'key'), `${KEY}\n`)
    const breakAt = async ([turn = 1]: readonly number[]): Promise<readonly Run[]> => {
      const folder = join(parent, String(turn))
      cpSync(data, folder, { recursive: true })
      const run = await breakOne(folder, {
        inject: `inject=${call}:${how}:when=${turn}`,
        call,
        programs,
      })
      rmSync(folder, { recursive: true })
      return [run]
    }
    return await walkInLanes({ name, limit: CALLS_LIMIT, breakAt, atOnce: 1 }, step, lanes)
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

type Breaking = { readonly inject: string; readonly call: string; readonly programs: Programs }

async function breakOne(folder: string, breaking: Breaking): Promise<Run> {
  const file = join(folder, 'journal.db')
  const before = JSON.stringify(verifyJournal(file))
  const touched = await breakBackup(folder, breaking)
  const findings: string[] = []
  if (JSON.stringify(verifyJournal(file)) !== before) findings.push('the journal changed')
  const kept = join(folder, 'kept')
  if (existsSync(kept) && !(await unsealFile(kept, join(folder, 'plain'), KEY)).ok)
    findings.push('half a backup bears its name')
  if (!touched && !existsSync(kept)) findings.push('an untouched backup is not there')
  return { touched, findings }
}

/** True when the call was reached. */
async function breakBackup(folder: string, { inject, call, programs }: Breaking): Promise<boolean> {
  const log = join(folder, 'strace')
  const paths = ['journal.db.backup', 'kept.part', 'kept.sha256.part', 'kept'].flatMap((name) => [
    '-P',
    join(folder, name),
  ])
  const tracing = ['-f', '-qq', '-o', log, ...paths, '-e', `trace=${call}`, '-e', inject]
  const words = ['--data', folder, '--to', join(folder, 'kept'), '--key-file', join(folder, 'key')]
  const environment = { ...env, ...programs.environment }
  await new Promise((resolve, reject) => {
    const child = spawn('strace', [...tracing, ...programs.terminal, 'backup', ...words], {
      stdio: 'ignore',
      env: environment,
    })
    child.once('error', reject)
    child.once('close', resolve)
  })
  return /INJECTED|killed by SIGKILL/.test(readFileSync(log, 'latin1'))
}
