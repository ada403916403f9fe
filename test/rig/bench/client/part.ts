/** What every part of the drawing is given. */
import type { BenchState } from '../state.ts'
import type { Bench } from './connection.ts'

export type PartProps = { bench: Bench; state: BenchState }
