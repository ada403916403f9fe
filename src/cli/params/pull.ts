/** `suretill params pull`: asks the acquirer for its parameters (0800, 60.3 = 360) and keeps them, as after a sign-on. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createAcquirer } from '#shell/acquirer/acquirer.ts'
import { acquirerSettings } from '#shell/acquirer-settings.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import { loadTerminalFile } from '#shell/config/terminal-file.ts'
import { type Parameter, readParameters } from '#shell/downloads/parameter-run.ts'
import { createDownloadStore, type DownloadStore } from '#shell/downloads/store.ts'
import { openKeys } from '#shell/keys/open-keys.ts'
import type { OffTerminal } from '../journal/service-journal.ts'
import type { Outcome, Seeing } from './desk.ts'
import { authority, type ChangeFlags, no, whileOff } from './off.ts'

/** Moves no money. What was kept before stays unless the answer is whole; it holds from the next start. */
export async function pull(see: Seeing, flags: ChangeFlags): Promise<Outcome> {
  return await whileOff(see, flags, async (terminal) => {
    const by = authority(see, terminal, { kind: 'none' })
    if (by === null) return no(1, see.words('params.notSignedIn'))
    const store = downloadsOf(terminal)
    const ended = await ask(see, flags, terminal, store)
    if (!('outcome' in ended)) return ended
    const facts = [fact('outcome', ended.outcome), fact('digest', ended.digest)]
    terminal.book.write('parametersPulled', [by], facts)
    if (ended.outcome !== 'kept' || ended.entries === 0)
      return no(1, see.words('params.notPulled', { outcome: ended.outcome, code: ended.code }))
    return {
      ok: true,
      lines: tell(
        see,
        readParameters(store.read('parameters')[0] ?? new Uint8Array()) ?? [],
        flags,
      ),
    }
  })
}

function downloadsOf({ data, disk }: OffTerminal): DownloadStore {
  const folder = join(data, 'downloads')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return createDownloadStore({ folder, disk })
}

async function ask(
  see: Seeing,
  { config }: ChangeFlags,
  terminal: OffTerminal,
  downloads: DownloadStore,
): Promise<
  | Awaited<ReturnType<ReturnType<typeof createAcquirer>['download']>>
  | Extract<Outcome, { ok: false }>
> {
  const { clock, err, sharedConfig } = see
  const loaded = loadTerminalFile(config)
  if (!loaded.ok) return no(2, loaded.sentence)
  const { file } = loaded
  const dialect = loadDialect(file.acquirer.dialect, join(sharedConfig, 'dialects'))
  if (!dialect.ok) return no(2, dialect.problem)
  const codes = loadResponseCodes(join(sharedConfig, 'response-codes.yaml'))
  if (codes === null) return no(2, 'response-codes.yaml is missing or wrong')
  const keyFile = file.acquirer.dukpt === undefined ? 'keys.json' : 'dukpt.json'
  const keys = openKeys(file.acquirer, {
    ...terminal,
    file: join(terminal.data, keyFile),
    profile: file.profile,
    warn: err,
  })
  if (!keys.ok) return no(1, keys.why)
  const acquirer = createAcquirer({
    settings: acquirerSettings(file, codes),
    dialect: dialect.dialect,
    keys: keys.keys,
    clock,
    downloads,
    note: () => undefined,
    tell: () => undefined,
  })
  try {
    const batch = String(terminal.book.state().counters.batch).padStart(6, '0')
    return await acquirer.download({ download: 'parameters', batch })
  } finally {
    acquirer.close()
  }
}

function tell(
  { words }: Seeing,
  parameters: readonly Parameter[],
  { json }: ChangeFlags,
): readonly string[] {
  const rows = parameters.map(({ tag, value }) => ({
    tag,
    meaning: words(`params.tag.${tag}`),
    value: valueOf(tag, value),
  }))
  if (json === true) return [JSON.stringify({ parameters: rows })]
  return [...rows.map((row) => `${row.tag} ${row.meaning}: ${row.value}`), words('params.pulled')]
}

/** 22 is the merchant's name in GBK, 26 are bits; the others are digits and blanks. */
function valueOf(tag: string, value: Uint8Array): string {
  if (tag === '26') return Buffer.from(value).toString('hex').toUpperCase()
  return new TextDecoder(tag === '22' ? 'gbk' : 'latin1').decode(value).trim()
}

function fact(name: string, after: string): { name: string; before: string; after: string } {
  return { name, before: '', after }
}
