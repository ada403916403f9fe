/** What the journal verbs share: where they speak, and which file is meant. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError } from 'commander'

export type Io = { readonly out: (line: string) => void; readonly err: (line: string) => void }

/** The journal in this data folder; ends the verb with 2 when there is none. */
export function journalFile(data: string, io: Io): string {
  const file = join(data, 'journal.db')
  if (existsSync(file)) return file
  return refuse(io, `There is no journal in ${data}.`)
}

/** A data folder stands for the journal in it; anything else is the file itself. */
export function sourceFile(source: string, io: Io): string {
  const found = statSync(source, { throwIfNoEntry: false })
  if (found === undefined) return refuse(io, `There is no ${source}.`)
  return found.isDirectory() ? journalFile(source, io) : source
}

/** Wrong usage or unusable input: one line, exit 2. */
export function refuse(io: Io, sentence: string): never {
  io.err(sentence)
  throw new CommanderError(2, 'suretill.journal', '')
}
