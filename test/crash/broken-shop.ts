/** A whole shop whose terminal process is broken at the journal: rig, host and cashier are sound, one call of its disk is not. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import { type Rig, startRig } from '../rig/rig.ts'
import { createTerminalProcess } from '../rig/terminal-process.ts'
import { changeConfig } from '../terminal/shop.ts'
import { readRecords } from './judge.ts'
import { FROM_SOURCES, type Programs } from './programs.ts'
import { workShift } from './tireless-cashier.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type BrokenDay = {
  /** Calls that failed or killed; 0 when the process never came so far. */
  readonly struck: number
  readonly wasOutOfService: boolean
  readonly heldMinor: number
  /** Whatever is not as it should be, as sentences. */
  readonly findings: readonly string[]
}

/**
 * Two sales on a terminal whose disk fails as `injections` say (`fsync:error=EIO:when=7`, in the words of `strace -e inject`). When the
 * process is gone, another one takes over on a sound disk and sells once more. At the end host and journal must hold the same money.
 */
export async function brokenDay(
  injections: readonly string[],
  programs: Programs = FROM_SOURCES,
): Promise<BrokenDay> {
  const folder = mkdtempSync(join(tmpdir(), 'broken-shop-'))
  const demoConfig = join(folder, 'demo')
  cpSync(join(ROOT, 'config', 'demo'), demoConfig, { recursive: true })
  changeConfig(join(demoConfig, 'terminal.yaml'), {
    operators: [{ number: '01', role: 'cashier' }],
    'acquirer.linkRetryMs': 300,
    'acquirer.reversal.retryAfterMs': 300,
    'slips.tearTimeoutMs': 200,
  })
  const rig = await startRig({ folder, demoConfig, ports: { acquirer: 0, screens: 0 } })
  try {
    return await breakAndSell({ rig, folder, programs }, injections)
  } finally {
    await rig.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function breakAndSell(
  { rig, folder, programs }: { rig: Rig; folder: string; programs: Programs },
  injections: readonly string[],
): Promise<BrokenDay> {
  const data = join(folder, 'data')
  const log = join(folder, 'strace')
  const run = ['run', '--json', '--config', rig.configFolder, '--data', data] as const
  const tracing = straceArguments(injections, data, log)
  const { terminal, environment } = programs
  const broken = createTerminalProcess({
    command: ['strace', ...tracing, ...terminal, ...run],
    environment,
  })
  const sound = createTerminalProcess({ command: [...terminal, ...run], environment })
  const findings: string[] = []
  let wasOutOfService = false
  try {
    const shift = await workShift(broken, rig, 2)
    wasOutOfService = shift.wasOutOfService
    if (shift.end === 'terminalGone') {
      await broken.powerCut()
      const next = await workShift(sound, rig, 1)
      if (next.end === 'terminalGone') findings.push('the terminal does not start on a sound disk')
    }
  } catch (cause) {
    findings.push(cause instanceof Error ? cause.message : 'the day broke off')
  } finally {
    await broken.stop()
    await sound.stop()
  }
  const struck = existsSync(log)
    ? (readFileSync(log, 'latin1').match(/INJECTED|killed by SIGKILL/g) ?? []).length
    : 0
  const heldMinor = rig.acquirer.held()
  findings.push(...booksFindings(join(data, 'journal.db'), heldMinor))
  return { struck, wasOutOfService, heldMinor, findings }
}

/** `-D`: the terminal stays our own child, so that its power can be cut by its process id. */
function straceArguments(
  injections: readonly string[],
  data: string,
  log: string,
): readonly string[] {
  const files = ['journal.db', 'journal.db-wal', 'journal.db-journal', 'journal.reserve']
  const paths = files.flatMap((name) => ['-P', join(data, name)])
  const calls = injections.map((injection) => injection.split(':')[0]).join(',')
  const faults = injections.flatMap((injection) => ['-e', `inject=${injection}`])
  return ['-D', '-qq', '-A', '-o', log, ...paths, '-e', `trace=${calls}`, ...faults]
}

function booksFindings(file: string, heldMinor: number): readonly string[] {
  const verified = verifyJournal(file)
  if (!verified.ok) return [`the chain is broken: ${verified.why}`]
  const booked = [...readRecords(file).values()]
    .filter(({ outcome }) => outcome === 'approved')
    .reduce((sum, { paidMinor }) => sum + paidMinor, 0)
  return booked === heldMinor ? [] : [`the host holds ${heldMinor}, the journal says ${booked}`]
}
