/** Preloaded into a program of ours: instead of doing what it was called for, it prints its commands and options as one JSON line. */
import { Command } from 'commander'
import type { CommandTree } from './named-commands.ts'

Command.prototype.parseAsync = function (this: Command): Promise<Command> {
  process.stdout.write(JSON.stringify(treeOf(this)), () => process.exit(0))
  return new Promise(() => undefined)
}

function treeOf(command: Command): CommandTree {
  const defaultVerb: unknown = Reflect.get(command, '_defaultCommandName')
  return {
    name: command.name(),
    options: command.options.flatMap(({ long }) => long ?? []),
    defaultVerb: typeof defaultVerb === 'string' ? defaultVerb : null,
    verbs: command.commands.map(treeOf),
  }
}
