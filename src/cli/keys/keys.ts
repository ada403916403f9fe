/** `suretill keys`: loading, looking at and wiping keys, by people who sign in and with a record of who, when and the check values. */
import { type Command, CommanderError, Option } from 'commander'
import { loadServiceWords } from '#shell/commission/service-words.ts'
import { loadKeyBlock } from './block.ts'
import { loadComponents } from './components.ts'
import type { ComponentFlags, KeysDesk, KeysFlags, KeysIo, Said } from './desk.ts'
import { status } from './status.ts'
import { wipe } from './wipe.ts'

/** Exit codes: 0 done, 1 not done (a check value, a person, a terminal that runs), 2 wrong usage or a file that cannot be used. */
export function registerKeys(program: Command, io: KeysIo): void {
  const keys = program.command('keys').description('load, look at and wipe keys; never shows one')
  const verb = (name: string, description: string): Command =>
    keys
      .command(name)
      .description(description)
      .requiredOption('--config <folder>', 'folder with terminal.yaml')
      .requiredOption('--data <folder>', 'data folder of the terminal')
      .addOption(
        new Option('--lang <language>', 'words').choices(['zh-CN', 'en']).default(io.locale),
      )
      .option('--json', 'one JSON line')

  verb('load-components', 'two people bring a component each, typed where nobody sees it')
    .addOption(
      new Option('--key <which>', 'which key').choices(['master', 'transport']).default('master'),
    )
    .addOption(
      new Option('--cipher <cipher>', 'of a transport key')
        .choices(['tdes', 'aes'])
        .default('tdes'),
    )
    .addOption(new Option('--components <count>', 'people').choices(['2', '3']).default('2'))
    .action(async (flags: KeysFlags & ComponentFlags) =>
      finish(io, await loadComponents(desk(io, flags), flags)),
    )
  verb('load-tr31', 'a key block (TR-31) under the transport key')
    .argument('<file>', 'the block, one line of text')
    .option('--check <value>', 'check value of the key, from the letter')
    .action(async (file: string, flags: KeysFlags & { check?: string }) =>
      finish(io, await loadKeyBlock(desk(io, flags), file, flags)),
    )
  verb('status', 'which keys there are: check values, never a key').action(
    async (flags: KeysFlags) => finish(io, await status(desk(io, flags), flags)),
  )
  verb('wipe', 'overwrites and removes every key; the terminal must be off and owe nothing')
    .option('--device-key', 'also the key of the device: nothing that was sealed opens any more')
    .action(async (flags: KeysFlags & { deviceKey?: true }) =>
      finish(io, await wipe(desk(io, flags), flags)),
    )
}

function desk(io: KeysIo, { lang }: KeysFlags): KeysDesk {
  return { ...io, words: loadServiceWords(io.sharedConfig, lang) }
}

function finish(io: KeysIo, said: Said): void {
  if (said.ok) {
    for (const line of said.lines) io.out(line)
    return
  }
  io.err(said.sentence)
  throw new CommanderError(said.exitCode, 'suretill.keys', '')
}
