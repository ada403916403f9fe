/** Prints the goals of guards that a short run misses, as JSON. Started in a copy of the source by the test that plants faults. */
import process from 'node:process'
import { shippedTable } from '../qr/table.ts'
import { goals } from './goals.ts'
import { runMistakes } from './run.ts'
import { VARIANTS } from './variants.ts'

/** A share needs that many; whoever looks for what is common may ask for fewer. */
const ORDERS = Number(process.argv[2] ?? 1_000)

const { tallies } = runMistakes({
  orders: ORDERS,
  table: shippedTable(),
  variants: VARIANTS.filter(({ name }) => name === 'B1' || name === 'B3'),
})
const missed = goals(tallies).filter(({ keptByGuard, met }) => keptByGuard && !met)
console.log(JSON.stringify(missed.map(({ goal }) => goal)))
