/** Breaks `suretill backup` at one call after another: the journal is as it was, and the backup is whole or not there. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { unsealFile } from '#shell/journal/backup/sealed-file.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import { WORKLOAD } from './record.ts'
import type { Walked } from './walk.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
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
export async function walkBackup({ call, how }: BackupBreak, step: number): Promise<Walked> {
  const name = `backup, ${how.replace(/^\w+=/, '')} at ${call}`
  const folder = mkdtempSync(join(tmpdir(), 'crash-backup-'))
  const findings: string[] = []
  try {
    writeFileSync(join(folder, 'key'), `${KEY}\n`)
    spawnSync(process.execPath, [WORKLOAD, folder, 'small'], { stdio: 'ignore' })
    const file = join(folder, 'journal.db')
    const before = JSON.stringify(verifyJournal(file))
    let runs = 0
    for (let when = 1; when <= CALLS_LIMIT; when += step, runs += 1) {
      const touched = breakBackup(folder, `inject=${call}:${how}:when=${when}`, call)
      const place = `${call} ${when}`
      if (JSON.stringify(verifyJournal(file)) !== before)
        findings.push(`${place}: the journal changed`)
      const kept = join(folder, 'kept')
      if (existsSync(kept) && !(await unsealFile(kept, join(folder, 'plain'), KEY)).ok)
        findings.push(`${place}: half a backup bears its name`)
      if (!touched) {
        if (!existsSync(kept)) findings.push(`${place}: an untouched backup is not there`)
        return { name, runs, findings }
      }
      rmSync(kept, { force: true })
    }
    return { name, runs, findings: [...findings, 'no backup passed untouched'] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** True when the call was reached. */
function breakBackup(folder: string, inject: string, call: string): boolean {
  const log = join(folder, 'strace')
  const paths = ['journal.db.backup', 'kept.part', 'kept.sha256.part', 'kept'].flatMap((name) => [
    '-P',
    join(folder, name),
  ])
  const tracing = ['-f', '-qq', '-o', log, ...paths, '-e', `trace=${call}`, '-e', inject]
  const words = ['--data', folder, '--to', join(folder, 'kept'), '--key-file', join(folder, 'key')]
  spawnSync('strace', [...tracing, process.execPath, MAIN, 'backup', ...words], { stdio: 'ignore' })
  return /INJECTED|killed by SIGKILL/.test(readFileSync(log, 'latin1'))
}
