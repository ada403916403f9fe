/** Wires the rooms together, with `verbs.ts` and `running.ts` beside it; it decides nothing. What another verb needs is never loaded. */
import process from 'node:process'
import { Command, CommanderError } from 'commander'
import { verbs } from './verbs.ts'

const program = new Command('suretill').description('SureTill payment terminal').exitOverride()

start().catch((error: unknown) => {
  if (!(error instanceof CommanderError)) throw error
  // Commander calls wrong usage 1; here 1 means that the thing asked about is not fine.
  process.exitCode =
    error.code.startsWith('commander.') && error.exitCode !== 0 ? 2 : error.exitCode
})

async function start(): Promise<void> {
  const named = verbs.get(process.argv[2] ?? '')
  // Anything else is a wish for the list of them all, or a mistake to which they all are the answer.
  for (const register of named === undefined ? verbs.values() : [named]) await register(program)
  await program.parseAsync()
}
