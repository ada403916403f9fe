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
import { BREAKS, goesOn, walk } from '../test/crash/walk.ts'
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

/**
 * Which calls are broken when nobody names a step: every one where one process lives many days; fewer where each has a process of its own,
 * because what a kill leaves is also what the cuts see after every call; fewest where each is a whole shop.
 */
const USUAL_STEPS = { day: 1, process: 4, shop: 12 }

/** By itself one of them is run, to look at it again. */
const PARTS = ['', 'cuts', 'days', 'backups', 'shops']

const [first = '', part = ''] = process.argv.slice(2)
const step = Number(first || '1')
const steps = first === '' ? USUAL_STEPS : { day: step, process: step, shop: step }
const missing = missingTool()
if (missing !== null || !Number.isInteger(step) || step < 1 || !PARTS.includes(part)) {
  console.error(
    missing ??
      'The step is a whole number: 1 breaks every call, 10 every tenth; empty, the usual ones. Behind it a part may be named: cuts, days, backups, shops.',
  )
  process.exit(2)
}

const began = performance.now()
let astray = 0
let runsInAll = 0
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
        for (const breaking of BREAKS) {
          const each = goesOn(breaking) ? steps.day : steps.process
          count(await walk(breaking, { step: each, lanes, programs, day }), each)
        }
    if (isMeant('backups'))
      for (const breaking of BACKUP_BREAKS)
        count(await walkBackup(breaking, { step: steps.day, lanes, programs }), steps.day)
    const shops = lanes * SHOPS_PER_PROCESSOR
    if (isMeant('shops'))
      for (const breaking of TERMINAL_BREAKS)
        count(
          await walkTerminal(breaking, { step: steps.shop, lanes: shops, programs }),
          steps.shop,
        )
    if ((await cuts) !== 0) astray += 1
  } finally {
    programs?.remove()
    rmSync(folder, { recursive: true, force: true })
  }
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  console.log(`${runsInAll} runs in ${minutes} minutes: ${verdict()}`)
}

function verdict(): string {
  return astray === 0 ? '0 lost, 0 doubled, 0 disagreeing' : `${astray} findings`
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

function count({ name, runs, findings }: Walked, each: number): void {
  const which = each === 1 ? 'every call' : `one call in ${each}`
  console.log(`${name}, ${which}: ${runs} runs: ${findings.length} findings`)
  runsInAll += runs
  tell(findings)
  astray += findings.length
}

function tell(findings: readonly string[]): void {
  for (const finding of findings) console.error(`  ${finding}`)
}
