/** `suretill decommission`: a terminal leaves its place, with its journal to another box or with everything on it wiped. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, CommanderError } from 'commander'
import { openItems } from '#core/counter/open-items.ts'
import type { Clock } from '#core/ports/clock.ts'
import { eraseTerminal, fillFreeSpace } from '#shell/care/erase.ts'
import { writeEntry } from '#shell/care/maintenance.ts'
import { type MoveOutcome, moveIn, moveOut } from '#shell/care/move.ts'
import { dropRetired, readRetired, writeRetired } from '#shell/care/retired.ts'
import { lockFolder } from '#shell/journal/folder-lock.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { readKey } from '../journal/backup-key.ts'
import { type Io, refuse } from '../journal/journal-io.ts'

export type DecommissionIo = Io & { readonly clock: Clock }

type Flags = { readonly data: string; readonly who: string }
type MoveFlags = Flags & { readonly folder: string; readonly keyFile: string }
type WipeFlags = Flags & {
  readonly yes?: true
  readonly owedIsSettled?: true
  readonly andFreeSpace?: true
}

const LOCK = 'terminal.lock'

/** Exit codes: 0 done, 1 refused and nothing was lost, 2 wrong usage or a terminal that runs. */
export function registerDecommission(program: Command, io: DecommissionIo): void {
  const verb = program
    .command('decommission')
    .description('move this terminal to another box, or wipe it')
  const common = (name: string, description: string): Command =>
    verb
      .command(name)
      .description(description)
      .requiredOption('--data <folder>', 'data folder of the terminal, which must not run')
      .requiredOption('--who <name>', 'the technician')
  const moving = (name: string, description: string): Command =>
    common(name, description)
      .requiredOption('--folder <folder>', 'what travels between the two boxes')
      .requiredOption('--key-file <file>', 'its first line is the key that both boxes are given')
  moving('move-out', 'hand journal and open items over; this box sells no more').action(
    (flags: MoveFlags) => move(io, flags, 'movedOut'),
  )
  moving('move-in', 'take over what another box handed out; load its master key afterwards').action(
    (flags: MoveFlags) => move(io, flags, 'movedIn'),
  )
  common('stay', 'undo a move-out that was not finished').action((flags: Flags) => stay(io, flags))
  common('wipe', 'overwrite keys, then everything else, and read it back')
    .option('--yes', 'it is meant')
    .option('--owed-is-settled', 'what stands open was settled elsewhere; it is lost here')
    .option(
      '--and-free-space',
      'overwrite what is free on this disk too; takes as long as the disk is large',
    )
    .action((flags: WipeFlags) => wipe(io, flags))
}

async function move(
  io: DecommissionIo,
  flags: MoveFlags,
  did: 'movedIn' | 'movedOut',
): Promise<void> {
  const key = readKey(flags.keyFile, io)
  await locked(io, flags.data, async (data) => {
    const disk = createDisk()
    const at = new Date(io.clock.wallMs()).toISOString()
    const { who } = flags
    const random = (length: number): Uint8Array => Uint8Array.from(randomBytes(length))
    const parts = { data, folder: resolve(flags.folder), key, who, at, disk, random }
    const outcome = await (did === 'movedOut' ? moveOut(parts) : moveIn(parts))
    if (!outcome.ok) return fail(io, refusal(outcome))
    writeEntry(data, disk, { at, who, part: 'terminal', did, was: '', is: '', note: '' })
    io.out(
      did === 'movedOut'
        ? `Handed over: ${outcome.events} events, ${outcome.archives} archives, in ${parts.folder}. This box sells no more. On the new box: copy the configuration, run "suretill decommission move-in", load the master key; then wipe this one and destroy the folder.`
        : `Taken over: ${outcome.events} events, ${outcome.archives} archives. Load the master key, then start the terminal: it finishes first what the old box owed. Destroy ${parts.folder}: a second box from it would use numbers twice.`,
    )
  })
}

async function stay(io: DecommissionIo, flags: Flags): Promise<void> {
  await locked(io, flags.data, (data) => {
    const retired = readRetired(data, createDisk())
    if (retired?.state !== 'moving')
      return fail(
        io,
        retired === null
          ? 'This terminal is in service; there is nothing to undo.'
          : `This terminal is ${retired.state}; that is not undone.`,
      )
    dropRetired(data)
    io.out('The move is given up; this terminal can be started. Destroy what was handed out.')
  })
}

async function wipe(io: DecommissionIo, flags: WipeFlags): Promise<void> {
  if (flags.yes !== true)
    return refuse(
      io,
      'This wipes every key and everything that was sold. Say --yes when it is meant. Nothing was touched.',
    )
  await locked(io, flags.data, (data) => {
    const disk = createDisk()
    // Moved: another box owes it. Decommissioned: a wipe that was allowed once and cut off goes on.
    const state = readRetired(data, disk)?.state
    const owed = state === 'moved' || state === 'decommissioned' ? [] : owedBy(data)
    if (owed.length > 0 && flags.owedIsSettled !== true)
      return fail(
        io,
        `Something stands open here: ${owed.join(', ')}. Nothing was touched. Settle it, move it to another box, or say --owed-is-settled.`,
      )
    const at = new Date(io.clock.wallMs()).toISOString()
    writeRetired(data, disk, { state: 'decommissioned', at, who: flags.who, seq: 0 })
    const random = (length: number): Uint8Array => Uint8Array.from(randomBytes(length))
    const erased = eraseTerminal(data, { keep: [LOCK, 'retired.json'], random })
    const filled = flags.andFreeSpace === true ? fillFreeSpace(data) : 0
    if (erased.left.length > 0)
      return fail(io, `Not everything is gone: ${erased.left.join(', ')}. Destroy the disk.`)
    const { bytes, files, keys } = erased
    io.out(
      `Wiped by ${flags.who} at ${at}: keys ${keys.join(', ') || 'none'}, then ${files} files (${bytes} bytes) read back as zeros and removed. This terminal sells no more.`,
    )
    io.out(
      filled > 0
        ? `${filled} bytes of free space were overwritten too.`
        : 'Blocks that files left behind earlier still lie on this disk, journal lines among them, no keys and no card data: --and-free-space overwrites them.',
    )
  })
}

/** What the journal says is open, in words for a technician. A journal that cannot be read is one of them. */
function owedBy(data: string): readonly string[] {
  const file = join(data, 'journal.db')
  if (!existsSync(file)) return []
  const opened = openJournal(file)
  if (!opened.ok) return ['a journal that cannot be read']
  try {
    const state = opened.journal.lastState()
    if (state === null) return []
    const open = openItems(state).length
    return [
      ...(state.reversal === null ? [] : ['a reversal']),
      ...(state.advice === null ? [] : ['a refund in doubt']),
      ...(state.settlement === null ? [] : ['a settlement']),
      ...('attempt' in state.step ? ['a transaction'] : []),
      ...(state.inBatch === 0 ? [] : [`${state.inBatch} transactions that are not settled`]),
      ...(open === 0 ? [] : [`${open} open items`]),
    ]
  } finally {
    opened.journal.close()
  }
}

async function locked(
  io: Io,
  flag: string,
  work: (data: string) => void | Promise<void>,
): Promise<void> {
  const data = resolve(flag)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(join(data, LOCK))
  if (unlock === null)
    return refuse(io, `A terminal is running on ${data}. Nothing was changed; stop it first.`)
  try {
    await work(data)
  } finally {
    unlock()
  }
}

function refusal({ detail, why }: Extract<MoveOutcome, { ok: false }>): string {
  switch (why) {
    case 'noJournal':
      return `There is no ${detail}: nothing to hand over.`
    case 'retired':
      return detail === 'arriving'
        ? 'This box is taking over from another one, and that is not finished: run move-in again.'
        : `This terminal is ${detail} already.`
    case 'hasJournal':
      return `There is a journal here: ${detail}. A box takes over into an empty data folder only.`
    case 'hasKeys':
      return `There is another device key here: ${detail}. Use an empty data folder, and load keys after the move.`
    case 'wrongKeyOrDamaged':
      return `${detail} does not open: another key, or a damaged file. Nothing was taken over.`
    case 'cannot':
      return `It was not finished: ${detail}. Run it again, or "suretill decommission stay" on the old box.`
  }
}

function fail(io: Io, sentence: string): never {
  io.err(sentence)
  throw new CommanderError(1, 'suretill.decommission', '')
}
