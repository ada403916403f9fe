/** `make fuzz`: hostile inputs at everything that reads what strangers send. Prints counts; exit 1 when a promise was broken, with the input. */
import process from 'node:process'
import { type AttackResult, attack } from './fuzz/attack.ts'
import { shippedTargets } from './fuzz/shipped-targets.ts'

const inputs = Number(process.argv[2] ?? 1_000_000)
const seed = Number(process.argv[3] ?? 1)
if (!Number.isInteger(inputs) || inputs < 1 || !Number.isInteger(seed)) {
  console.error('Both are whole numbers: how many inputs, and the seed they are made from.')
  process.exit(2)
}

const start = performance.now()
const result = attack(shippedTargets(), { inputs, seed })
tell(result, (performance.now() - start) / 1000)
if (result.broken.length > 0) process.exitCode = 1

function tell({ tallies, broken }: AttackResult, seconds: number): void {
  const whole = (value: number) => value.toLocaleString('en-US').padStart(10)
  console.log(`${'target'.padEnd(24)}   refused     taken respelled   slowest`)
  for (const { target, refused, taken, respelled, slowestMs, slowestBytes } of tallies) {
    const counts = [refused, taken, respelled].map(whole).join('')
    console.log(`${target.padEnd(24)}${counts}  ${slowestMs.toFixed(2)} ms (${slowestBytes} bytes)`)
  }
  const sum = tallies.reduce((all, one) => all + one.refused + one.taken + one.respelled, 0)
  console.log(
    `seed ${seed}: ${sum.toLocaleString('en-US')} inputs in ${seconds.toFixed(0)} s, ${broken.length} promises broken`,
  )
  // Lines for test/seeds/fuzz.jsonl, once it is settled how each of them should end.
  for (const { target, hex, sentence } of broken)
    console.log(JSON.stringify({ target, ends: 'refused', why: sentence, hex }))
}
