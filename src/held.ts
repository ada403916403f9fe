/** The verb `run`, loaded and not begun: what a release keeps as a snapshot of the heap (`src/start/hold.ts`). */
import { join } from 'node:path'
import { begin } from './begin.ts'
import { loadRunning } from './verbs.ts'

/** Gives what begins it, with the folder of the installation. `root`: that of the sources, whose shipped files are checked now. */
export async function holdRun(root: string): Promise<(installed: string) => void> {
  await loadRunning()
  const { holdShipped } = await import('./cli/run/shipped.ts')
  const shipped = holdShipped(join(root, 'config'))
  return (installed) => begin(installed, shipped)
}
