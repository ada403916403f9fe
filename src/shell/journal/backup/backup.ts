/** A copy of the journal in another place while the terminal sells: read beside the writer, sealed, checked, and only then given its name. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { putInPlace, syncFile } from '../durable.ts'
import { markOf } from '../mark.ts'
import { type Verified, verifyCopy, verifyJournal } from '../verify/verify.ts'
import { type BackupFacts, fileDigest, sealFile } from './sealed-file.ts'

export type BackupParts = {
  readonly journal: string
  /** The file to be made; the folder is made when it is not there. */
  readonly target: string
  /** What a person typed: at least KEY_CHARACTERS_LEAST characters. */
  readonly key: string
  /** Reads the copy from its first row; otherwise from its last checkpoint, which a selling terminal has time for. */
  readonly isThorough: boolean
  readonly random: (length: number) => Uint8Array
}

export type BackupOutcome =
  | { readonly ok: true; readonly facts: BackupFacts; readonly digest: string }
  | { readonly ok: false; readonly why: string }

/** Never throws, and blocks no commit: the copying runs beside the writer. `target` is there whole, with `target.sha256`, or not at all. */
export async function backupJournal(parts: BackupParts): Promise<BackupOutcome> {
  const { journal, target } = parts
  // Beside the journal, where it is as safe as the journal itself.
  const plain = `${journal}.backup`
  const fresh = `${target}.part`
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    await copyOnline(journal, plain)
    const verified: Verified = parts.isThorough ? verifyJournal(plain) : verifyCopy(plain)
    if (!verified.ok) return { ok: false, why: `the copy is not whole: ${verified.why}` }
    const mark = markOf(plain)
    if (mark === null) return { ok: false, why: 'the journal has no events yet' }
    const facts = { seq: mark.seq, head: mark.head, at: mark.at }
    await sealFile(plain, fresh, { key: parts.key, facts, random: parts.random })
    const digest = await fileDigest(fresh)
    writeChecksum(target, digest)
    putInPlace(fresh, target)
    return { ok: true, facts, digest }
  } catch (cause) {
    return { ok: false, why: cause instanceof Error ? cause.message : 'unknown' }
  } finally {
    for (const file of [plain, `${plain}-wal`, `${plain}-shm`, fresh]) discard(file)
  }
}

/** More pages than a file of SQLite has on a terminal: 8 TiB. */
const ALL_PAGES = 2_147_483_647

/** Backups of a folder by their own names, oldest first. */
export function keepNewest(folder: string, pattern: RegExp, count: number): void {
  const old = readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort()
    .slice(0, -count)
  for (const name of old) for (const file of [name, `${name}.sha256`]) discard(join(folder, file))
}

async function copyOnline(journal: string, plain: string): Promise<void> {
  for (const file of [plain, `${plain}-wal`, `${plain}-shm`]) rmSync(file, { force: true })
  const db = new DatabaseSync(journal, { readOnly: true, timeout: 2000 })
  try {
    // All pages in one step, off the main thread: a commit in between would begin it anew.
    await backup(db, plain, { rate: ALL_PAGES })
  } finally {
    db.close()
  }
}

/** In the form that `sha256sum -c` reads. */
function writeChecksum(target: string, digest: string): void {
  const fresh = `${target}.sha256.part`
  writeFileSync(fresh, `${digest}  ${basename(target)}\n`, { mode: 0o600 })
  syncFile(fresh)
  putInPlace(fresh, `${target}.sha256`)
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // A medium that was pulled out: nothing of the journal itself depends on it.
  }
}
