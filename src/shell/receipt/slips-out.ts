/**
 * Owed slips as files in the data folder: `JOB.escpos` for any receipt printer that speaks ESC/POS in GB18030, `JOB.svg` for a page, `JOB.txt` to
 * read. Masked like the paper. Written under the number of the print job, so that a slip that is exported again replaces itself.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Slip } from '#core/receipt/slip.ts'
import type { Disk } from '../keys/disk.ts'
import type { RenderedSlip } from './render-slip.ts'

/** Slips that lie there at most, three files each; the oldest make room. */
const SLIPS_OUT_MOST = 400
const MODE = 0o600

/** Numbers of the jobs that are on disk when it returns. Never throws. */
export function writeSlipsOut(
  folder: string,
  slips: readonly { readonly slip: Slip; readonly rendered: RenderedSlip }[],
  disk: Disk,
): readonly string[] {
  const written: string[] = []
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const { rendered, slip } of slips) {
      const file = join(folder, slip.job)
      disk.write(`${file}.txt`, Buffer.from(rendered.text), MODE)
      disk.write(`${file}.svg`, Buffer.from(rendered.svg), MODE)
      disk.write(`${file}.escpos`, rendered.escpos, MODE)
      written.push(slip.job)
    }
    makeRoom(folder)
  } catch {
    // A full or broken disk: what was written stands, and the cashier is told how many.
  }
  return written
}

/** Numbers of jobs grow, so the first names are the oldest. */
function makeRoom(folder: string): void {
  const names = readdirSync(folder).toSorted()
  for (const name of names.slice(0, Math.max(0, names.length - 3 * SLIPS_OUT_MOST)))
    rmSync(join(folder, name), { force: true })
}
