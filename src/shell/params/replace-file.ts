/** Puts a new `terminal.yaml` in the place of the old one, which stays beside it for one step back. */
import { chmodSync, chownSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ConfigSeal } from '../config/config-seal.ts'
import type { Disk } from '../keys/disk.ts'

const NAME = 'terminal.yaml'
const BEFORE = 'terminal.yaml.before'

export type Places = { readonly folder: string; readonly disk: Disk; readonly seal: ConfigSeal }

/** Whole or not at all; owner and rights stay. Throws when the disk refuses: then the old or the new one stands, and both are known. */
export function replaceFile({ disk, folder, seal }: Places, text: string, version: number): void {
  const before = readFileSync(join(folder, NAME), 'utf8')
  write(disk, folder, BEFORE, before)
  seal.expect(before, text, version)
  write(disk, folder, NAME, text)
  seal.settle(text, version)
}

/** The text that a step back leads to; null: there is none. */
export function textBefore(folder: string): string | null {
  const file = join(folder, BEFORE)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** One step, once: afterwards there is none before. */
export function stepBack({ disk, folder, seal }: Places, text: string, version: number): void {
  const now = readFileSync(join(folder, NAME), 'utf8')
  seal.expect(now, text, version)
  write(disk, folder, NAME, text)
  seal.settle(text, version)
  rmSync(join(folder, BEFORE), { force: true })
}

/** With the owner and the rights of terminal.yaml: the service must go on being able to read it. */
function write(disk: Disk, folder: string, name: string, text: string): void {
  const { gid, mode, uid } = statSync(join(folder, NAME))
  const file = join(folder, name)
  disk.write(file, new TextEncoder().encode(text), mode & 0o777)
  const fresh = statSync(file)
  if (fresh.uid !== uid || fresh.gid !== gid) chownSync(file, uid, gid)
  chmodSync(file, mode & 0o777)
}
