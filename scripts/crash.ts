/** `make crash`: the journal against every power cut and every failing call that we can make. Prints what was counted; exit 1 when money went astray. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { enumerateCuts } from '../test/crash/enumerate.ts'
import type { Walked } from '../test/crash/lanes.ts'
import { type Programs, rolledUp } from '../test/crash/programs.ts'
import { missingTool, record } from '../test/crash/record.ts'
import { BREAKS, walk } from '../test/crash/walk.ts'
import { BACKUP_BREAKS, walkBackup } from '../test/crash/walk-backup.ts'
import { TERMINAL_BREAKS, walkTerminal } from '../test/crash/walk-terminal.ts'

/** Torn remainders drawn for each cut: the short day in depth, the long one for its length. */
const DAYS = [
  { day: 'short', mixes: 8, words: 'a short day' },
  { day: 'keeping', mixes: 4, words: 'a day with settlements, archives and deletions' },
  { day: 'long', mixes: 1, words: 'a long day, past the checkpoints' },
] as const

/** A whole shop mostly waits: for its printer, or three seconds for its journal. */
const SHOPS_PER_PROCESSOR = 3

/** By itself one of them is run, to look at it again. */
const PARTS = ['', 'cuts', 'days', 'backups', 'shops']

const [first = '1', part = ''] = process.argv.slice(2)
const step = Number(first)
const missing = missingTool()
if (missing !== null || !Number.isInteger(step) || step < 1 || !PARTS.includes(part)) {
  console.error(
    missing ??
      'The step is a whole number: 1 breaks every call, 10 every tenth. Behind it a part may be named: cuts, days, backups, shops.',
  )
  process.exit(2)
}

const began = performance.now()
let astray = 0
if (part === 'cuts') for (const one of DAYS) cutDay(one)
else await breakEverything()
if (astray > 0) process.exitCode = 1

/** The cuts in a process of their own, because they are all work and no waiting. */
async function breakEverything(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crash-programs-'))
  let programs: Programs | null = null
  try {
    const cuts = part === '' ? cutsBeside() : 0
    programs = await rolledUp(folder)
    const lanes = availableParallelism()
    if (isMeant('days'))
      for (const day of ['small', 'keeping'] as const)
        for (const breaking of BREAKS) count(await walk(breaking, { step, lanes, programs, day }))
    if (isMeant('backups'))
      for (const breaking of BACKUP_BREAKS)
        count(await walkBackup(breaking, { step, lanes, programs }))
    const shops = lanes * SHOPS_PER_PROCESSOR
    if (isMeant('shops'))
      for (const breaking of TERMINAL_BREAKS)
        count(await walkTerminal(breaking, { step, lanes: shops, programs }))
    if ((await cuts) !== 0) astray += 1
  } finally {
    programs?.remove()
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(`${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
}

function isMeant(one: string): boolean {
  return part === '' || part === one
}

function cutsBeside(): Promise<number | null> {
  const child = spawn(process.execPath, [...process.execArgv, import.meta.filename, '1', 'cuts'], {
    stdio: 'inherit',
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
}

function cutDay({ day, mixes, words }: (typeof DAYS)[number]): void {
  const folder = mkdtempSync(join(tmpdir(), 'crash-record-'))
  try {
    const { calls } = record(join(folder, 'day'), day, null)
    const totals = enumerateCuts(calls, { mixes })
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

function count({ name, runs, findings }: Walked): void {
  console.log(`${name}: ${runs} runs: ${findings.length} findings`)
  tell(findings)
  astray += findings.length
}

function tell(findings: readonly string[]): void {
  for (const finding of findings) console.error(`  ${finding}`)
}
