/** Draws the decisions of the core into `docs/diagrams/`, and who imports whom into the page of the architecture: run it after changing them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawSteps, tableOfRefusals } from './diagrams/draw.ts'
import { drawRecovery } from './diagrams/draw-recovery.ts'
import { drawRooms } from './diagrams/draw-rooms.ts'
import { explore } from './diagrams/explore.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs', 'diagrams')
mkdirSync(folder, { recursive: true })
const explored = explore()
writeFileSync(join(folder, 'steps.mmd'), drawSteps(explored))
writeFileSync(join(folder, 'refused.md'), tableOfRefusals(explored))
writeFileSync(join(folder, 'recovery.md'), drawRecovery())
const page = join(root, 'docs', 'architecture.md')
const drawing = `\`\`\`mermaid\n${drawRooms(root)}\`\`\``
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(/```mermaid\n[\s\S]*?```/, () => drawing),
)
console.log(
  `${explored.situations} situations, ${explored.steps.length} steps, ${explored.events.length} types of event, ${explored.broken.length} breaches`,
)
