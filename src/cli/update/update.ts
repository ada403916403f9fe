/** `suretill update`: releases in the two slots of this machine, for the technician and for scripts. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import type { Clock } from '#core/ports/clock.ts'
import { updatesSection } from '#shell/config/sections/updates.ts'
import { loadTerminalFile } from '#shell/config/terminal-file.ts'
import { fillIn, type TechnicianLocale } from '#shell/devices/technician-words.ts'
import { askLiveStatus } from '#shell/doctor/live-status.ts'
import type { FileCalls } from '#shell/update/file-calls.ts'
import { installBundle } from '#shell/update/install-bundle.ts'
import { askObjections } from '#shell/update/may-update.ts'
import { makeOwnUser } from '#shell/update/own-user.ts'
import type { ImageInstaller } from '#shell/update/rauc/installer.ts'
import { markGood, rollBack } from '#shell/update/settle-trial.ts'
import { readSlots, SLOTS_FOLDER } from '#shell/update/slots.ts'
import { linkIntoSystem } from '#shell/update/system-links.ts'
import { loadUpdateWords, type UpdateWords } from '#shell/update/update-words.ts'
import { imageStatus, installImage, markImageGood } from './image.ts'
import { selfTest, trySlot } from './self-test.ts'
import { type Answer, refusal, statusLines } from './text.ts'

export type UpdateIo = {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Shipped data: words, dialects, response codes. */
  readonly sharedConfig: string
  readonly locale: TechnicianLocale
  readonly clock: Clock
  readonly calls: FileCalls
  readonly processor: string
  readonly rauc: ImageInstaller
}

type Flags = {
  readonly destdir: string
  readonly config: string
  readonly data: string
  readonly key?: string
  readonly lang: TechnicianLocale
  readonly json?: true
}

type Verb = (flags: Flags, words: UpdateWords, argument: string) => Promise<Answer>

/** Exit codes: 0 done or fine, 1 refused or not fine, 2 wrong usage. Nothing is changed by what is refused. */
export function registerUpdate(program: Command, io: UpdateIo): void {
  const update = program
    .command('update')
    .description('releases in the two slots of this machine: install, try out, go back')
  const image = update
    .command('image')
    .description('the image of the operating system, on machines with RAUC')
  const verb = (name: string, description: string, act: Verb, parent = update): Command =>
    withFlags(parent.command(name).description(description), io).action(
      async (...given: readonly unknown[]) => {
        const command = given.at(-1)
        // Commander hands over itself as the last.
        if (!(command instanceof Command)) return
        const flags = placed(command.opts<Flags>())
        const words = loadUpdateWords(io.sharedConfig, flags.lang)
        const answer = await tried(() => act(flags, words, String(given[0])), words)
        if (flags.json === true) io.out(JSON.stringify(answer.facts))
        else for (const line of answer.lines) io.out(line)
        if (!answer.ok) throw new CommanderError(1, 'suretill.update', '')
      },
    )
  verb('status', 'which releases are here, and whether an update may begin', (flags, words) =>
    status(io, flags, words),
  )
  verb('install <file>', 'a signed bundle into the slot that does not run', (flags, words, file) =>
    install(io, flags, { words, file }),
  ).option('--key <file>', 'release key (PEM), on a machine that has none yet')
  verb('mark-good', 'ends the trial of the release that runs', async (flags, words) => {
    const release = markGood(slotsOf(flags), io.calls)
    if (release === null)
      return {
        ok: false,
        facts: { ok: false, why: 'notOnTrial' },
        lines: [words.labels.notOnTrial],
      }
    const { minimumVersion: floor, version } = release.manifest
    const line = fillIn(words.labels.markedGood, { version, floor })
    return { ok: true, facts: { ok: true, version, floor }, lines: [line] }
  })
  verb('roll-back', 'back to the release in the other slot', async (flags, words) => {
    const went = await rollBack(slotsOf(flags), io.calls, (slot) => trySlot(slot, flags))
    if (!went.ok) return refusal(words, went)
    const { version } = went.release.manifest
    const line = fillIn(words.labels.wentBack, { slot: went.slot, version })
    return { ok: true, facts: { ok: true, slot: went.slot, version }, lines: [line] }
  })
  verb(
    'self-test',
    'whether this very release can run here; changes nothing',
    async (flags, words) => {
      const why = await selfTest(io.sharedConfig, flags)
      const { selfTestFailed, selfTestPassed } = words.labels
      return {
        ok: why === null,
        facts: { ok: why === null, ...(why === null ? {} : { why }) },
        lines: [why === null ? selfTestPassed : fillIn(selfTestFailed, { why })],
      }
    },
  )
  registerImage((name, description, act) => verb(name, description, act, image), io)
}

/** The same words one level down. */
function registerImage(
  verb: (name: string, description: string, act: Verb) => Command,
  io: UpdateIo,
): void {
  verb(
    'install <file>',
    'an image signed for RAUC, into the root that does not run',
    (flags, words, file) =>
      objectionsOf(io, flags).then((objections) =>
        installImage(io.rauc, words, {
          file,
          objections,
          out: flags.json === true ? () => undefined : io.out,
        }),
      ),
  )
  verb('status', 'both roots, as RAUC knows them', (_, words) => imageStatus(io.rauc, words))
  verb('mark-good', 'the image that runs works', (_, words) => markImageGood(io.rauc, words))
}

function withFlags(command: Command, io: UpdateIo): Command {
  return command
    .option('--destdir <folder>', 'put before every path, for packagers and tests', '')
    .option('--config <folder>', 'folder with terminal.yaml', '/etc/suretill')
    .option('--data <folder>', 'data folder of the terminal', '/var/lib/suretill')
    .addOption(new Option('--lang <language>', 'words').choices(['zh-CN', 'en']).default(io.locale))
    .option('--json', 'one JSON line')
}

/** Folders that were named are taken as they are; the machine's own lie below the staging folder. */
function placed(flags: Flags): Flags {
  const below = (folder: string, own: string): string =>
    folder === own && flags.destdir !== '' ? join(flags.destdir, own) : folder
  return {
    ...flags,
    config: below(flags.config, '/etc/suretill'),
    data: below(flags.data, '/var/lib/suretill'),
  }
}

function slotsOf({ destdir }: Flags): string {
  return join(destdir === '' ? '/' : destdir, SLOTS_FOLDER)
}

async function tried(act: () => Promise<Answer>, words: UpdateWords): Promise<Answer> {
  try {
    return await act()
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : 'unknown'
    return refusal(words, { why: 'diskFailed', detail })
  }
}

async function status(io: UpdateIo, flags: Flags, words: UpdateWords): Promise<Answer> {
  const folder = slotsOf(flags)
  const slots = readSlots(folder, io.calls)
  return statusLines(words, { folder, slots, objections: await objectionsOf(io, flags) })
}

async function install(
  io: UpdateIo,
  flags: Flags,
  { file, words }: { readonly file: string; readonly words: UpdateWords },
): Promise<Answer> {
  const folder = slotsOf(flags)
  mkdirSync(folder, { recursive: true })
  const outcome = await installBundle({
    bundle: file,
    folder,
    calls: io.calls,
    processor: io.processor,
    wallMs: io.clock.wallMs(),
    firstKey: flags.key === undefined ? null : Uint8Array.from(readFileSync(flags.key)),
    objections: () => objectionsOf(io, flags),
    trySlot: (slot) => trySlot(slot, flags),
    onStep: (step) => {
      if (flags.json !== true) io.out(words.steps[step])
    },
  })
  if (!outcome.ok) return refusal(words, outcome)
  const kept = linkIntoSystem(flags.destdir)
  const undone = flags.destdir === '' ? makeOwnUser() : []
  const { isFirst, slot } = outcome
  const { version } = outcome.manifest
  const isSetUp = existsSync(join(flags.config, 'terminal.yaml'))
  const runs = (await askLiveStatus(flags.data)) !== null
  return {
    ok: true,
    facts: { ok: true, slot, version, isFirst, kept, undone },
    lines: [
      fillIn(words.labels.installed, { version, slot }),
      ...kept.map((one) => fillIn(words.labels.keptFile, one)),
      words.labels[runs ? 'goesOver' : isSetUp ? 'startIt' : 'setItUp'],
    ],
  }
}

async function objectionsOf(io: UpdateIo, { config, data }: Flags): Promise<readonly string[]> {
  const loaded = loadTerminalFile(config)
  const { between } = loaded.ok ? loaded.file.updates : updatesSection.parse({})
  return askObjections(data, { wallMs: io.clock.wallMs(), window: between })
}
