/** The verb `run`, loaded and not begun: what a release keeps as a snapshot of the heap (`src/start/hold.ts`). */
import { begin } from './begin.ts'
import { loadRunning } from './verbs.ts'

/** Gives what begins it, with the folder of the installation. */
export async function holdRun(): Promise<(root: string) => void> {
  await loadRunning()
  return begin
}
