/**
 * One terminal per data folder. The lock is an exclusive transaction on a file of its own: the system lets go of it when the process
 * dies, however it dies, and readers of the journal are not shut out.
 */
import { DatabaseSync } from 'node:sqlite'

/** Returns the function that unlocks, or null when another process holds the folder. */
export function lockFolder(lockFile: string): (() => void) | null {
  const db = new DatabaseSync(lockFile, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
    return () => db.close()
  } catch {
    // SQLITE_BUSY: another process has it.
    db.close()
    return null
  }
}
