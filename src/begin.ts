/** Does what the arguments say: finds the verb, hands it to commander, and turns what comes of it into an exit code. */
import process from 'node:process'
import { Command, CommanderError } from 'commander'
import type { Shipped } from './cli/run/shipped.ts'
import { verbs } from './verbs.ts'

/** `root`: the folder of package.json and of the configuration. `shipped`: what was checked of it when the release was made. */
export function begin(root: string, shipped: Shipped | null): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unlessClosed)
  start(root, shipped).catch((error: unknown) => {
    if (!(error instanceof CommanderError)) throw error
    // Commander calls wrong usage 1; here 1 means that the thing asked about is not fine.
    process.exitCode =
      error.code.startsWith('commander.') && error.exitCode !== 0 ? 2 : error.exitCode
  })
}

/** The other end was closed, as `| head` does: the rest goes nowhere, and what was begun is finished all the same. */
function unlessClosed(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error
}

async function start(root: string, shipped: Shipped | null): Promise<void> {
  const program = new Command('suretill').description('SureTill payment terminal').exitOverride()
  const all = verbs(root, shipped)
  const named = all.get(process.argv[2] ?? '')
  // Anything else is a wish for the list of them all, or a mistake to which they all are the answer.
  for (const register of named === undefined ? all.values() : [named]) await register(program)
  await program.parseAsync()
}
