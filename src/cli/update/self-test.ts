/** Whether a release can run on this machine: the one that runs asks the one in the other slot, as a program of its own. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import { loadTerminalFile } from '#shell/config/terminal-file.ts'
import { tryJournal } from '#shell/update/journal-at-rest.ts'

type Folders = { readonly config: string; readonly data: string }

/** A million events are copied in some twenty seconds; a slow card needs several times as long. */
const SELF_TEST_MS = 300_000
const answerSchema = z.object({ ok: z.boolean(), why: z.string().optional() })

/** Null when this release can run here. A machine that is not set up yet has nothing that could be refused. */
export async function selfTest(
  sharedConfig: string,
  { config, data }: Folders,
): Promise<string | null> {
  if (existsSync(join(config, 'terminal.yaml'))) {
    const loaded = loadTerminalFile(config)
    if (!loaded.ok) return loaded.sentence
    const dialect = loadDialect(loaded.file.acquirer.dialect, join(sharedConfig, 'dialects'))
    if (!dialect.ok) return dialect.problem
  }
  if (loadResponseCodes(join(sharedConfig, 'response-codes.yaml')) === null)
    return 'response-codes.yaml is missing or wrong'
  return tryJournal(join(data, 'journal.db'))
}

/** Null when the release in this slot says that it can run here. Never rejects. */
export function trySlot(slot: string, { config, data }: Folders): Promise<string | null> {
  const args = ['update', 'self-test', '--config', config, '--data', data, '--json']
  return new Promise((resolve) => {
    execFile(
      join(slot, 'bin', 'suretill'),
      args,
      { timeout: SELF_TEST_MS, encoding: 'utf8' },
      (failure, said) => {
        if (failure === null) return resolve(null)
        resolve(reasonOf(said) ?? failure.message.split('\n')[0] ?? 'it does not run')
      },
    )
  })
}

function reasonOf(said: string): string | null {
  try {
    return answerSchema.parse(JSON.parse(said)).why ?? null
  } catch {
    // It did not get as far as an answer.
    return null
  }
}
