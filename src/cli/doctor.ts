/** `suretill doctor`: everything that can be wrong with a set-up, in red and green, each with the next step in plain words. */
import { join, resolve } from 'node:path'
import { type Command, CommanderError, Option } from 'commander'
import { acquirerSettings } from '#shell/acquirer-settings.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import { loadTerminalFile } from '#shell/config/terminal-file.ts'
import { loadKnownDevices } from '#shell/devices/known-devices.ts'
import { loadTechnicianWords, type TechnicianLocale } from '#shell/devices/technician-words.ts'
import { type Finding, finding, isAllWell, isTrouble } from '#shell/doctor/finding.ts'
import { type GatherParts, gather } from '#shell/doctor/gather.ts'
import { keepVisit, readVisits, type Visit } from '#shell/doctor/history.ts'
import { judge } from '#shell/doctor/judge.ts'
import { judgeHistory } from '#shell/doctor/judge-history.ts'
import { standingOf } from '#shell/doctor/standing.ts'
import { tell } from '#shell/doctor/tell.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { doctorText, historyText } from './doctor-text.ts'
import { refuse } from './journal-io.ts'

export type DoctorIo = Pick<
  GatherParts,
  'clock' | 'random' | 'tree' | 'pid' | 'uid' | 'openDevices' | 'probe' | 'freeBytes'
> & {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Shipped data: dialects, device table, words. */
  readonly sharedConfig: string
  readonly locale: TechnicianLocale
}

type Flags = {
  readonly config: string
  readonly data: string
  readonly lang: TechnicianLocale
  readonly offline?: true
  readonly last?: true
  readonly history?: true
  readonly json?: true
}

/** One run, or what is kept of an earlier one. */
type Report = {
  readonly atMs: number
  readonly findings: readonly Finding[]
  /** The runs before it, oldest first. */
  readonly before: readonly Visit[]
}

/** Exit codes: 0 nothing red, 1 something red. A configuration that cannot be used is one of the red things. */
export function registerDoctor(program: Command, io: DoctorIo): void {
  program
    .command('doctor')
    .description('what is wrong with this set-up, and what to do next')
    .requiredOption('--config <folder>', 'folder with terminal.yaml')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--offline', 'do not call the acquirer')
    .option('--last', 'what the last run found; looks at nothing')
    .option('--history', 'the runs that are kept, and what each found wrong; looks at nothing')
    .addOption(new Option('--lang <language>', 'words').choices(['zh-CN', 'en']).default(io.locale))
    .option('--json', 'one JSON line')
    .action((flags: Flags) => run(io, flags))
}

async function run(io: DoctorIo, flags: Flags): Promise<void> {
  const words = loadTechnicianWords(io.sharedConfig, flags.lang)
  const before = readVisits(resolve(flags.data), createDisk())
  if (flags.history === true) return tellHistory(io, flags, before)
  const report = flags.last === true ? lastOf(io, before) : await examine(io, flags, before)
  const visit = { atMs: report.atMs, findings: report.findings.filter(isTrouble) }
  const findings = [...report.findings, ...judgeHistory(visit, report.before)].map((found) =>
    tell(found, words, isTrouble(found) ? standingOf(visit, found, report.before) : null),
  )
  const ok = isAllWell(findings)
  if (flags.json === true) io.out(JSON.stringify({ ok, findings }))
  else for (const line of doctorText(findings, words)) io.out(line)
  if (!ok) throw new CommanderError(1, 'suretill.doctor', '')
}

async function examine(io: DoctorIo, flags: Flags, before: readonly Visit[]): Promise<Report> {
  const atMs = io.clock.wallMs()
  const wrong = (why: string): Report => ({
    atMs,
    findings: [finding('configuration', 'bad', 'configuration.wrong', { why })],
    before,
  })
  const loaded = loadTerminalFile(flags.config)
  if (!loaded.ok) return wrong(loaded.sentence)
  const { file } = loaded
  const dialect = loadDialect(file.acquirer.dialect, join(io.sharedConfig, 'dialects'))
  if (!dialect.ok) return wrong(dialect.problem)
  const codes = loadResponseCodes(join(io.sharedConfig, 'response-codes.yaml'))
  if (codes === null) return wrong('response-codes.yaml is missing or wrong')
  const table = loadKnownDevices(join(io.sharedConfig, 'devices', 'known.yaml'))
  if (!table.ok) return wrong(table.sentence)
  const data = resolve(flags.data)
  const facts = await gather({
    ...io,
    file,
    settings: acquirerSettings(file, codes),
    dialect: dialect.dialect,
    table: table.devices,
    data,
    mayAskHost: flags.offline !== true,
  })
  const findings = [finding('configuration', 'good', 'configuration.valid'), ...judge(facts)]
  // Files of another user are left alone, this one too.
  if (facts.otherOwner === null)
    keepVisit(data, createDisk(), {
      before,
      visit: { atMs, findings: findings.filter(isTrouble) },
    })
  return { atMs, findings, before }
}

function lastOf(io: DoctorIo, visits: readonly Visit[]): Report {
  const last = visits.at(-1)
  if (last === undefined) return refuse(io, 'The doctor has not been run on this data folder yet.')
  return { ...last, before: visits.slice(0, -1) }
}

function tellHistory(io: DoctorIo, { json, lang }: Flags, visits: readonly Visit[]): void {
  const words = loadTechnicianWords(io.sharedConfig, lang)
  if (json === true) io.out(JSON.stringify({ visits }))
  else for (const line of historyText(visits, words)) io.out(line)
}
