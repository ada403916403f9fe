/** Draws the decisions of the core into `docs/diagrams/`: run it after changing them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawSteps, tableOfRefusals } from './diagrams/draw.ts'
import { drawRecovery } from './diagrams/draw-recovery.ts'
import { explore } from './diagrams/explore.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'diagrams')
mkdirSync(folder, { recursive: true })
const explored = explore()
writeFileSync(join(folder, 'steps.mmd'), drawSteps(explored))
writeFileSync(join(folder, 'refused.md'), tableOfRefusals(explored))
writeFileSync(join(folder, 'recovery.md'), drawRecovery())
console.log(
  `${explored.situations} situations, ${explored.steps.length} steps, ${explored.events.length} types of event, ${explored.broken.length} breaches`,
)
