/** `suretill doctor`: everything that can be wrong with a set-up, in red and green, each with the next step in plain words. */
import { resolve } from 'node:path'
import { type Command, CommanderError, Option } from 'commander'
import { loadTechnicianWords, type TechnicianLocale } from '#shell/devices/technician-words.ts'
import { isAllWell } from '#shell/doctor/finding.ts'
import { readVisits, type Visit } from '#shell/doctor/history.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { refuse } from '../journal/journal-io.ts'
import { type DoctorIo, examine, type Report, tellReport } from './doctor-examine.ts'
import { doctorText, historyText } from './doctor-text.ts'

type Flags = {
  readonly config: string
  readonly data: string
  readonly lang: TechnicianLocale
  readonly offline?: true
  readonly tryDialects?: true
  readonly last?: true
  readonly history?: true
  readonly json?: true
}

/** Exit codes: 0 nothing red, 1 something red. A configuration that cannot be used is one of the red things. */
export function registerDoctor(program: Command, io: DoctorIo): void {
  program
    .command('doctor')
    .description('what is wrong with this set-up, and what to do next')
    .requiredOption('--config <folder>', 'folder with terminal.yaml')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--offline', 'do not call the acquirer')
    .option(
      '--try-dialects',
      'when the acquirer does not understand: a sign-on in each dialect that is shipped',
    )
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
  const findings = tellReport(report, words, placesOf(flags))
  const ok = isAllWell(findings)
  if (flags.json === true) io.out(JSON.stringify({ ok, findings }))
  else for (const line of doctorText(findings, words)) io.out(line)
  if (!ok) throw new CommanderError(1, 'suretill.doctor', '')
}

/** Whole paths: a next step is typed from anywhere. */
function placesOf({ config, data }: Flags): { readonly config: string; readonly data: string } {
  return { config: resolve(config), data: resolve(data) }
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
