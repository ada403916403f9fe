/** `suretill params`: what can be set, what is set, and changing it between transactions with a record of before and after. */
import { type Command, CommanderError, Option } from 'commander'
import { loadServiceWords } from '#shell/commission/service-words.ts'
import type { TechnicianLocale } from '#shell/devices/technician-words.ts'
import { loadParameterWords } from '#shell/params/words.ts'
import { applyFile, compareFile, rollBack } from './change.ts'
import type { Outcome, ParamsIo, Seeing } from './desk.ts'
import type { ChangeFlags } from './off.ts'
import { pull } from './pull.ts'
import { explain, page, show } from './show.ts'

type Spoken = { readonly lang: TechnicianLocale; readonly json?: true }

/** Exit codes: 0 fine, 1 not now or not allowed, 2 a file or a name that cannot be used. */
export function registerParams(program: Command, io: ParamsIo): void {
  const params = program
    .command('params')
    .description('what can be set, what is set, and changing it while nothing is open')
  const spoken = (command: Command): Command =>
    command
      .addOption(
        new Option('--lang <language>', 'words').choices(['zh-CN', 'en']).default(io.locale),
      )
      .option('--json', 'one JSON line')
  const configured = (command: Command): Command =>
    spoken(command).requiredOption('--config <folder>', 'folder with terminal.yaml')
  const kept = (command: Command): Command =>
    configured(command).requiredOption('--data <folder>', 'data folder of the terminal')

  configured(params.command('show').description('every parameter and what holds'))
    .option('--changed', 'only what is not as it would be by default')
    .action((flags: Spoken & { config: string; changed?: true }) =>
      finish(io, show(seeing(io, flags), flags)),
    )
  spoken(
    params.command('explain').description('what a parameter means, its bounds and its default'),
  )
    .argument('<name>', 'such as acquirer.replyTimeoutMs, or the beginning of several')
    .action((name: string, flags: Spoken) => finish(io, explain(seeing(io, flags), name, flags)))
  params
    .command('page')
    .description('docs/parameters.md, made from the schema and the words')
    .action(() => finish(io, page(io)))
  configured(params.command('diff').description('what a parameter file would change'))
    .argument('<file>', 'parameter file; FILE.sig beside it is its signature')
    .action((file: string, flags: ChangeFlags) =>
      finish(io, compareFile(seeing(io, flags), file, flags)),
    )
  kept(
    params
      .command('apply')
      .description('take a parameter file over; the terminal must be off and owe nothing'),
  )
    .argument('<file>', 'parameter file; FILE.sig beside it is its signature')
    .action(async (file: string, flags: ChangeFlags) =>
      finish(io, await applyFile(seeing(io, flags), file, flags)),
    )
  kept(
    params
      .command('roll-back')
      .description('one step back, to the configuration before the last file'),
  ).action(async (flags: ChangeFlags) => finish(io, await rollBack(seeing(io, flags), flags)))
  kept(
    params.command('pull').description('ask the acquirer for its parameters and keep them'),
  ).action(async (flags: ChangeFlags) => finish(io, await pull(seeing(io, flags), flags)))
}

function seeing(io: ParamsIo, { lang }: Spoken): Seeing {
  return {
    ...io,
    words: loadServiceWords(io.sharedConfig, lang),
    meanings: loadParameterWords(io.sharedConfig, lang),
  }
}

function finish(io: ParamsIo, outcome: Outcome): void {
  if (outcome.ok) {
    for (const line of outcome.lines) io.out(line)
    return
  }
  io.err(outcome.sentence)
  throw new CommanderError(outcome.exitCode, 'suretill.params', '')
}
