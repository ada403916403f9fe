/** The program at the till, for shops whose configuration opens its door. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { createTill } from '../sim/till/till.ts'
import type { Stage } from './stage.ts'
import type { Done } from './wait-for.ts'

const configSchema = z.object({ till: z.object({ secret: z.string() }) })
const readySchema = z.object({ till: z.int() })

/** Null when the order was answered as wanted; else what the till was told. */
export async function sendOrder(
  { rig, terminal }: Stage,
  { reference, amount, answer }: { reference: string; amount: string; answer: number },
): Promise<Done> {
  const config = configSchema.safeParse(
    parse(readFileSync(join(rig.configFolder, 'terminal.yaml'), 'utf8')),
  )
  if (!config.success) return 'the configuration has no till'
  const ready = terminal.state().lines.findLast((line) => line.includes('"ready"')) ?? '{}'
  const door = readySchema.safeParse(JSON.parse(ready))
  if (!door.success) return 'the terminal has opened no door for a till'
  const till = createTill(() => ({ port: door.data.till, secret: config.data.till.secret }))
  const told = await till.order({ reference, amountMinor: Math.round(Number(amount) * 100) })
  return told.status === answer ? null : `the till was told ${told.status} ${told.error}`
}
