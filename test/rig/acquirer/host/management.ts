/** 0800 and 0820: sign-on, sign-off, echo test, and the questions about keys and parameters. */
import {
  freshKeys,
  type MacKeyBytes,
  type RandomBytes,
  type SignOnKind,
  type WorkingKeys,
  wrapKeys,
} from '../security/working-keys.ts'
import { toHex } from '../wire/hex.ts'
import { answerDownload, type Downloads } from './downloads.ts'
import { type Answer, CODE_APPROVED, type Exchange, field60 } from './exchange.ts'
import { openNextBatch } from './terminals.ts'

/** First byte of field 62 in the answer to the status upload 362: `0` = nothing more is wanted. */
const NOTHING_WANTED = toHex(Buffer.from('0', 'ascii'))
const NOT_SUPPORTED = '40'

export type KeyIssuer = {
  readonly masterKey: Uint8Array
  readonly macKeyBytes: MacKeyBytes
  readonly random: RandomBytes
  readonly downloads: Downloads
  /** False: the terminal has keys of its own (DUKPT), a sign-on brings none. */
  readonly givesKeys: boolean
  /** Field 62 of a sign-on is the text of its bytes. */
  readonly keysAsHex: boolean
}

/** Answers by MTI and network management code 60.3. */
export function manage(exchange: Exchange, issuer: KeyIssuer): Answer {
  const { mti } = exchange.request
  const { management } = field60(exchange.request)
  if (mti === '0800' && isSignOn(management)) return signOn(exchange, management, issuer)
  if (mti === '0820' && management === '002') return signOff(exchange)
  if (mti === '0820' && management === '301') return { code: CODE_APPROVED }
  if (mti === '0820' && management === '362')
    return { code: CODE_APPROVED, fields: new Map([[62, NOTHING_WANTED]]) }
  return answerDownload(exchange, management, issuer.downloads) ?? { code: NOT_SUPPORTED }
}

function isSignOn(management: string): management is SignOnKind {
  return ['001', '003', '004', '005'].includes(management)
}

function signOn(exchange: Exchange, kind: SignOnKind, issuer: KeyIssuer): Answer {
  const { terminal, request } = exchange
  const keys = freshKeys(kind, issuer.macKeyBytes, issuer.random)
  terminal.keys = keys
  terminal.signOns += 1
  const used = exchange.ledger.entries.some(
    (entry) => entry.tid === terminal.tid && entry.batch === terminal.batch,
  )
  // A terminal that knows no batch number (wiped, exchanged) must not meet STANs it has used before.
  const comesNew = Number(field60(request).batch) === 0
  if (terminal.settled || (comesNew && used)) openNextBatch(terminal)
  const fields = new Map<number, string>([
    [60, `00${terminal.batch}${kind}`],
    ...(issuer.givesKeys ? ([[62, field62(issuer, kind, keys)]] as const) : []),
  ])
  return { code: CODE_APPROVED, fields }
}

function field62(issuer: KeyIssuer, kind: SignOnKind, keys: WorkingKeys): string {
  const wrapped = toHex(wrapKeys(issuer.masterKey, kind, keys))
  return issuer.keysAsHex ? toHex(Buffer.from(wrapped, 'ascii')) : wrapped
}

function signOff(exchange: Exchange): Answer {
  exchange.terminal.keys = null
  return { code: CODE_APPROVED }
}
