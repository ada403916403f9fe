/** `suretill maintenance`: the book of who changed which part. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, CommanderError, Option } from 'commander'
import type { Clock } from '#core/ports/clock.ts'
import { type Entry, PARTS, readBook, writeEntry } from '#shell/care/maintenance.ts'
import { loadTechnicianWords, type TechnicianLocale } from '#shell/devices/technician-words.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { type Io, refuse } from '../journal/journal-io.ts'

export type MaintenanceIo = Io & {
  readonly clock: Clock
  readonly sharedConfig: string
  readonly locale: TechnicianLocale
}

type AddFlags = {
  readonly data: string
  readonly who: string
  readonly part: Entry['part']
  readonly did: Entry['did']
  readonly was: string
  readonly is: string
  readonly note: string
}

/** Exit codes: 0 fine, 1 the book was changed by hand, 2 wrong usage or no such folder. */
export function registerMaintenance(program: Command, io: MaintenanceIo): void {
  const book = program.command('maintenance').description('who changed which part of this terminal')
  book
    .command('add')
    .description('one line more; also while the terminal runs')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .requiredOption('--who <name>', 'the technician')
    .addOption(
      new Option('--part <part>', 'what was worked on').choices(PARTS).makeOptionMandatory(),
    )
    .addOption(
      new Option('--did <what>', 'what was done')
        .choices(['replaced', 'repaired', 'cleaned', 'checked'])
        .default('replaced'),
    )
    .option('--was <serial>', 'serial number of before', '')
    .option('--is <serial>', 'serial number of now', '')
    .option('--note <text>', 'anything else', '')
    .action((flags: AddFlags) => add(io, flags))
  book
    .command('list', { isDefault: true })
    .description('all lines, oldest first; says when the book was changed by hand')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--json', 'one JSON line')
    .addOption(new Option('--lang <language>', 'words').choices(['zh-CN', 'en']).default(io.locale))
    .action((flags: { data: string; lang: TechnicianLocale; json?: true }) => list(io, flags))
}

function add(io: MaintenanceIo, { data, did, is, note, part, was, who }: AddFlags): void {
  const folder = folderOf(io, data)
  const at = new Date(io.clock.wallMs()).toISOString()
  const written = writeEntry(folder, createDisk(), { at, who, part, did, was, is, note })
  if (!written.ok) return refuse(io, `Nothing was written: ${written.why}.`)
  io.out(`${at} ${who}: ${part} ${did}`)
}

function list(
  io: MaintenanceIo,
  { data, json, lang }: { data: string; lang: TechnicianLocale; json?: true },
): void {
  const { labels, parts } = loadTechnicianWords(io.sharedConfig, lang).maintenance
  const book = readBook(folderOf(io, data), createDisk())
  if (!book.ok) {
    io.err((labels['changed'] ?? '').replace('{line}', String(book.line)))
    throw new CommanderError(1, 'suretill.maintenance', '')
  }
  if (json === true) return io.out(JSON.stringify({ entries: book.entries }))
  if (book.entries.length === 0) return io.out(labels['empty'] ?? '')
  for (const { at, did, is, note, part, was, who } of book.entries) {
    const serials = was === '' && is === '' ? '' : `  ${was || '?'} → ${is || '?'}`
    const what = `${parts[part] ?? part} ${labels[did] ?? did}`
    io.out(
      `${at.slice(0, 16).replace('T', ' ')} UTC  ${who}  ${what}${serials}${note === '' ? '' : `  (${note})`}`,
    )
  }
}

function folderOf(io: MaintenanceIo, data: string): string {
  const folder = resolve(data)
  return existsSync(folder) ? folder : refuse(io, `There is no ${folder}.`)
}
