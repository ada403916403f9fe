/** `make crash`: the journal against every power cut and every failing call that we can make. Prints what was counted; exit 1 when money went astray. */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { enumerateCuts } from '../test/crash/enumerate.ts'
import { missingTool, record } from '../test/crash/record.ts'
import { BREAKS, type Walked, walk } from '../test/crash/walk.ts'
import { BACKUP_BREAKS, walkBackup } from '../test/crash/walk-backup.ts'
import { TERMINAL_BREAKS, walkTerminal } from '../test/crash/walk-terminal.ts'

/** Torn remainders drawn for each cut: the short day in depth, the long one for its length. */
const DAYS = [
  { day: 'short', mixes: 8, words: 'a short day' },
  { day: 'keeping', mixes: 4, words: 'a day with settlements, archives and deletions' },
  { day: 'long', mixes: 1, words: 'a long day, past the checkpoints' },
] as const

const step = Number(process.argv[2] ?? 1)
const missing = missingTool()
if (missing !== null || !Number.isInteger(step) || step < 1) {
  console.error(missing ?? 'The step is a whole number: 1 breaks every call, 10 every tenth.')
  process.exit(2)
}

let astray = 0
for (const { day, mixes, words } of DAYS) {
  const folder = mkdtempSync(join(tmpdir(), 'crash-record-'))
  try {
    const { calls } = record(join(folder, 'day'), day, null)
    const totals = enumerateCuts(calls, mixes)
    const { cuts, states, lost, doubled, disagreeing } = totals
    console.log(
      `${words}: ${cuts} cuts, ${states} remainders: ${lost} lost, ${doubled} doubled, ${disagreeing} disagreeing`,
    )
    tell(totals.shown)
    astray += lost + doubled + disagreeing
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
for (const day of ['small', 'keeping'] as const)
  for (const breaking of BREAKS) count(await walk(breaking, step, availableParallelism(), day))
for (const breaking of BACKUP_BREAKS) count(await walkBackup(breaking, step))
for (const breaking of TERMINAL_BREAKS) count(await walkTerminal(breaking, step))
if (astray > 0) process.exitCode = 1

function count({ name, runs, findings }: Walked): void {
  console.log(`${name}: ${runs} runs: ${findings.length} findings`)
  tell(findings)
  astray += findings.length
}

function tell(findings: readonly string[]): void {
  for (const finding of findings) console.error(`  ${finding}`)
}
