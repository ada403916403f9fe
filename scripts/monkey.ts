/**
 * A long night of random keys and touches on the real counter page, with simulated devices and host.
 * Run: node scripts/monkey.ts [STEPS] [SEED] (10000 and 1 when absent). Needs the pages built, and Chromium. Exits 1 when an amount was
 * sent that nobody had confirmed, a question could be confirmed by the tap that opened it, there was no way home, or the page complained.
 */
import process from 'node:process'
import { spendNight } from '../test/browser/monkey-night.ts'

const [steps = '10000', seed = '1'] = process.argv.slice(2)
const night = await spendNight(Number(steps), Number(seed))
console.log(JSON.stringify({ steps: Number(steps), seed: Number(seed), ...night }))
const { complaints, deadEnds, traps, unconfirmed } = night
if ([complaints, deadEnds, traps, unconfirmed].some((found) => found.length > 0))
  process.exitCode = 1
