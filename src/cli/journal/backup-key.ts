/** The key that a technician gives: the first line of a file, never an argument that every process on the machine can read. */
import { readFileSync } from 'node:fs'
import { KEY_CHARACTERS_LEAST } from '#shell/journal/backup/sealed-file.ts'
import { type Io, refuse } from './journal-io.ts'

/** Ends the verb with 2 when there is no such file or the key is short. */
export function readKey(file: string, io: Io): string {
  let key = ''
  try {
    key = readFileSync(file, 'utf8').split(/\r?\n/)[0] ?? ''
  } catch {
    // Which file it was is all that there is to say.
    refuse(io, `The key file ${file} cannot be read. Nothing was done.`)
  }
  if (key.length < KEY_CHARACTERS_LEAST)
    refuse(
      io,
      `The key in ${file} is shorter than ${KEY_CHARACTERS_LEAST} characters. Nothing was done.`,
    )
  return key
}
