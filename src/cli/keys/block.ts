/** `suretill keys load-tr31`: a key that comes in a key block under the transport key, so that nobody handles it in clear. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { unwrapKeyBlock } from '#crypto/tr31/wrap.ts'
import { createPrompt } from '#shell/commission/prompt.ts'
import { askWho } from '#shell/commission/sign-in.ts'
import { fitsCheckValue, type KeyKind, shortCheckValue } from '#shell/keys/components.ts'
import type { KeysDesk, KeysFlags, Said } from './desk.ts'
import { type KeysTerminal, keepInitial, keepMaster, masterKind, withKeys } from './terminal.ts'

/** X9.143: the length has four digits. */
const BLOCK_MOST = 10_000

/** Key usage in the block (X9.143): K0 encipherment of keys, B1 initial DUKPT key. */
const USAGE_MASTER = 'K0'
const USAGE_INITIAL = 'B1'

type Arrived = {
  readonly key: Uint8Array
  readonly kind: KeyKind
  /** Of an initial key; null: a master key. */
  readonly ksn: string | null
}

export async function loadKeyBlock(
  desk: KeysDesk,
  file: string,
  flags: KeysFlags & { readonly check?: string },
): Promise<Said> {
  const no = (exitCode: 1 | 2, key: string, params: Record<string, string> = {}): Said => ({
    ok: false,
    exitCode,
    sentence: desk.words(key, { file, ...params }),
  })
  if (!existsSync(file) || statSync(file).size > BLOCK_MOST) return no(2, 'keys.blockUnreadable')
  const text = readFileSync(file, 'utf8').trim()
  return await withKeys(desk, flags, (terminal) => {
    if (terminal.file.profile === 'production') return no(1, 'keys.production')
    if (terminal.file.acquirer.masterKey !== undefined) return no(1, 'keys.masterInConfig')
    const unwrapped = terminal.transport.use((transport) => unwrapKeyBlock(transport, text))
    if (unwrapped === null) return no(1, 'keys.noTransport')
    if (!unwrapped.ok) return no(2, 'keys.blockWrong', { why: unwrapped.error })
    const { header, key } = unwrapped
    try {
      const arrived = judge(terminal, header, key)
      if (arrived === null)
        return no(2, 'keys.blockUsage', { usage: header.usage, algorithm: header.algorithm })
      if (flags.check !== undefined && !fitsCheckValue(arrived.kind, key, flags.check)) {
        terminal.book.write(
          'keysNotLoaded',
          [],
          [fact('key block', 'does not fit its check value')],
        )
        return no(1, 'keys.not.keyWrong')
      }
      return take(desk, terminal, arrived, flags)
    } finally {
      key.fill(0)
    }
  })
}

/** Null when the block says that its key is for something else, or the key has no such length. */
function judge(
  { file }: KeysTerminal,
  header: {
    readonly usage: string
    readonly algorithm: string
    readonly optional: readonly { readonly id: string; readonly data: string }[]
  },
  key: Uint8Array,
): Arrived | null {
  const { dukpt } = file.acquirer
  if (dukpt === undefined) {
    const isMaster =
      header.usage === USAGE_MASTER && header.algorithm === 'T' && masterKind(file) === 'tdes'
    return isMaster && [8, 16].includes(key.length) ? { key, kind: 'tdes', ksn: null } : null
  }
  const kind = dukpt.cipher === 'aes' ? 'aes' : 'tdes'
  const isInitial =
    header.usage === USAGE_INITIAL && header.algorithm === (kind === 'aes' ? 'A' : 'T')
  const ksn = header.optional.find(({ id }) => id === 'KS' || id === 'IK')?.data
  return isInitial && ksn !== undefined ? { key, kind, ksn } : null
}

function take(
  desk: KeysDesk,
  terminal: KeysTerminal,
  { key, kind, ksn }: Arrived,
  flags: KeysFlags,
): Said {
  const { words } = desk
  const prompt = createPrompt(desk.keyboard)
  const who = askWho({ prompt, book: terminal.book, words }, 'who.administrator', [
    'supervisor',
    'administrator',
  ])
  if (who === null) return { ok: false, exitCode: 1, sentence: words('params.notSignedIn') }
  const what = ksn === null ? 'master' : 'initial'
  const check = shortCheckValue(kind, key)
  terminal.book.write('keysLoaded', [who], [fact(what, check), fact('from', 'key block')])
  const refused = ksn === null ? keepMaster(terminal, key) : keepInitial(terminal, { key, ksn })
  if (refused !== null) {
    terminal.book.write('keysNotLoaded', [who], [fact(what, 'notKept')])
    return { ok: false, exitCode: 1, sentence: refused }
  }
  const line = words('keys.loaded', { key: words(`keys.name.${what}`), check, by: who })
  return {
    ok: true,
    lines: [flags.json === true ? JSON.stringify({ loaded: what, check, by: [who] }) : line],
  }
}

function fact(name: string, after: string): { name: string; before: string; after: string } {
  return { name, before: '', after }
}
