/** `suretill doctor`: everything that can be wrong with a set-up, in red and green, each with the next step in plain words. */
import { join, resolve } from 'node:path'
import { type Command, CommanderError, Option } from 'commander'
import { acquirerSettings } from '#shell/acquirer-settings.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import { loadTerminalFile } from '#shell/config/terminal-file.ts'
import { loadKnownDevices } from '#shell/devices/known-devices.ts'
import { loadTechnicianWords, type TechnicianLocale } from '#shell/devices/technician-words.ts'
import { type Finding, finding, isAllWell, tell } from '#shell/doctor/finding.ts'
import { type GatherParts, gather } from '#shell/doctor/gather.ts'
import { judge } from '#shell/doctor/judge.ts'
import { doctorText } from './doctor-text.ts'

export type DoctorIo = Pick<
  GatherParts,
  'clock' | 'random' | 'tree' | 'pid' | 'uid' | 'openDevices' | 'probe' | 'freeBytes'
> & {
  readonly out: (line: string) => void
  /** Shipped data: dialects, device table, words. */
  readonly sharedConfig: string
  readonly locale: TechnicianLocale
}

type Flags = {
  readonly config: string
  readonly data: string
  readonly lang: TechnicianLocale
  readonly offline?: true
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
    .addOption(new Option('--lang <language>', 'words').choices(['zh-CN', 'en']).default(io.locale))
    .option('--json', 'one JSON line')
    .action((flags: Flags) => run(io, flags))
}

async function run(io: DoctorIo, flags: Flags): Promise<void> {
  const words = loadTechnicianWords(io.sharedConfig, flags.lang)
  const findings = (await examine(io, flags)).map((found) => tell(found, words))
  const ok = isAllWell(findings)
  if (flags.json === true) io.out(JSON.stringify({ ok, findings }))
  else for (const line of doctorText(findings, words)) io.out(line)
  if (!ok) throw new CommanderError(1, 'suretill.doctor', '')
}

async function examine(io: DoctorIo, flags: Flags): Promise<readonly Finding[]> {
  const wrong = (why: string): readonly Finding[] => [
    finding('configuration', 'bad', 'configuration.wrong', { why }),
  ]
  const loaded = loadTerminalFile(flags.config)
  if (!loaded.ok) return wrong(loaded.sentence)
  const { file } = loaded
  const dialect = loadDialect(file.acquirer.dialect, join(io.sharedConfig, 'dialects'))
  if (!dialect.ok) return wrong(dialect.problem)
  const codes = loadResponseCodes(join(io.sharedConfig, 'response-codes.yaml'))
  if (codes === null) return wrong('response-codes.yaml is missing or wrong')
  const table = loadKnownDevices(join(io.sharedConfig, 'devices', 'known.yaml'))
  if (!table.ok) return wrong(table.sentence)
  const facts = await gather({
    ...io,
    file,
    settings: acquirerSettings(file, codes),
    dialect: dialect.dialect,
    table: table.devices,
    data: resolve(flags.data),
    mayAskHost: flags.offline !== true,
  })
  return [finding('configuration', 'good', 'configuration.valid'), ...judge(facts)]
}
