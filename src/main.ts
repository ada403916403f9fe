/** Wires the rooms together, with `begin.ts`, `verbs.ts` and `running.ts` beside it; it decides nothing. */
import { join } from 'node:path'
import { begin } from './begin.ts'

// One above the folder of this file, as source and rolled up.
begin(join(import.meta.dirname, '..'), null)
