/** Where broken folders lie while they are judged. */
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** Memory where there is some: what is broken is the call or the model of a disk, not the disk under it. */
export function scratchRoot(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
}
