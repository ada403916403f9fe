/** The host without a network: bytes of a frame in, steps on the line out. A whole system in one thread can use it as it is. */
import type { Cards } from '../cards-file.ts'
import { answeringHalf, bookingHalf } from '../faults/approve-part.ts'
import type { Fault } from '../faults/fault.ts'
import type { FaultQueue } from '../faults/fault-queue.ts'
import { type Step, spoilBytes, spoilFields } from '../faults/misbehave.ts'
import { openAccounts } from '../ledger/account.ts'
import { createLedger, type Ledger } from '../ledger/ledger.ts'
import { createMessageLog, type MessageLog } from '../message-log.ts'
import { type DukptMacKeys, type DukptTerminal, dukptMacKeys } from '../security/dukpt.ts'
import { type MacAlgorithm, macFits } from '../security/mac.ts'
import { clearTrack } from '../security/track.ts'
import type { MacKeyBytes, RandomBytes } from '../security/working-keys.ts'
import { type Frame, readFrame } from '../wire/frame.ts'
import { fromHex, joinBytes } from '../wire/hex.ts'
import { type Message, unpack } from '../wire/message.ts'
import { USUAL_FORM, type WireForm } from '../wire/wire-form.ts'
import type { PendingPayments } from './code-query.ts'
import { composeReply } from './compose.ts'
import { type Demands, unmetDemand } from './demands.ts'
import { type Downloads, NOTHING_TO_FETCH } from './downloads.ts'
import { bookedElsewhere, type PaidElsewhere } from './elsewhere.ts'
import type { Answer, Exchange, PinDukpt } from './exchange.ts'
import { createReplyEncoder } from './reply-encoder.ts'
import { createRefusedStans } from './reversal.ts'
import { type RepeatedAdvice, type RouterParts, route } from './router.ts'
import { createSignatureBook, type KeptSignature } from './signatures.ts'
import { newTerminal, type Terminal, type TerminalIdentity } from './terminals.ts'
import { BEIJING_OFFSET_MINUTES, type HostClock, hostTime } from './time.ts'
import { type Upset, upset } from './upset.ts'

export type HostOptions = {
  readonly cards: Cards
  /** 32 hex characters; the terminals hold the same. */
  readonly masterKey: string
  readonly clock: HostClock
  readonly random: RandomBytes
  readonly terminals: readonly TerminalIdentity[]
  /** MAC key of a double-length sign-on; 8 = second half zero as sent, as most hosts do. */
  readonly macKeyBytes?: MacKeyBytes
  /** Default 5,000,000 fen (50,000 yuan). */
  readonly amountLimitMinor?: number
  readonly utcOffsetMinutes?: number
  /** What terminals may fetch; default: nothing. */
  readonly downloads?: Downloads
  /** Default `refused`. */
  readonly repeatedAdvice?: RepeatedAdvice
  /** Default: two binary bytes of length, TPDU and header. */
  readonly form?: WireForm
  /** Default: the "ECB" MAC of UnionPay terminals. */
  readonly mac?: MacAlgorithm
  /** Field 62 of a sign-on is the text of its bytes. */
  readonly keysAsHex?: boolean
  /** Terminals sign with keys of their own; default: with those of the sign-on. */
  readonly dukpt?: DukptTerminal
  /** Pads encipher under keys of their own; default: under the PIN key of the sign-on. */
  readonly pinDukpt?: PinDukpt
  /** What this acquirer insists on; default: nothing but what all do. */
  readonly demands?: Demands
  /** What other terminals of the same shop have booked before; default: nothing. */
  readonly elsewhere?: readonly PaidElsewhere[]
}

export interface Host {
  readonly ledger: Ledger
  readonly terminals: readonly Terminal[]
  readonly log: MessageLog
  /** What customers signed, oldest first. */
  readonly signatures: readonly KeptSignature[]
  /** Makes the host disagree with its terminals. */
  upset(what: Upset): void
  /** One frame without its length bytes. Unknown bytes are logged and not answered. */
  receive(frame: Uint8Array, faults: FaultQueue): readonly Step[]
}

/** Faults that are the customer's doing. */
const PHONES: ReadonlyMap<string, RouterParts['phone']> = new Map([
  ['askPassword', 'asksPassword'],
  ['stillPaying', 'stillPaying'],
  ['paidBeforeCancel', 'paidBeforeCancel'],
] as const)

const DEFAULT_AMOUNT_LIMIT_MINOR = 5_000_000
const CODE_FORMAT = '30'

/** A host with full accounts and empty books. */
export function createHost(options: HostOptions): Host {
  const { clock, random } = options
  const masterKey = fromHex(options.masterKey)
  const offset = options.utcOffsetMinutes ?? BEIJING_OFFSET_MINUTES
  const rules = {
    pinDukpt: options.pinDukpt ?? null,
    issuerKey: fromHex(options.cards.imk),
    amountLimitMinor: options.amountLimitMinor ?? DEFAULT_AMOUNT_LIMIT_MINOR,
  }
  const downloads = options.downloads ?? NOTHING_TO_FETCH
  const { dukpt = null } = options
  const algorithm = options.mac ?? 'unionpay-ecb'
  const issuer = {
    masterKey,
    macKeyBytes: options.macKeyBytes ?? 8,
    random,
    downloads,
    givesKeys: dukpt === null,
    keysAsHex: options.keysAsHex === true,
  }
  const ledger = createLedger(openAccounts(options.cards))
  const terminals = options.terminals.map(newTerminal)
  const mid = options.terminals[0]?.mid ?? ''
  for (const paid of options.elsewhere ?? [])
    ledger.book(bookedElsewhere(paid, { mid, at: clock.wallMs() }))
  const refused = createRefusedStans()
  const pending: PendingPayments = new Map()
  const signatures = createSignatureBook()
  const form = options.form ?? USUAL_FORM
  const demands = options.demands ?? {}
  const encodeReply = createReplyEncoder(form, algorithm)
  const log = createMessageLog()
  const keptRequests = new Map<string, Uint8Array>()
  const keptReplies = new Map<string, Uint8Array>()
  let sequence = 0

  const exchangeOf = (request: Message, terminal: Terminal): Exchange => {
    sequence += 1
    const now = hostTime(clock.wallMs(), offset)
    const number = String(sequence % 1_000_000).padStart(6, '0')
    const rrn = `${now.mmdd}${now.hhmmss.slice(0, 2)}${number}`
    return { request, terminal, ledger, rules, now, rrn, authCode: number }
  }

  const macKeysOf = (terminal: Terminal, request: Message): DukptMacKeys | null => {
    const { keys } = terminal
    if (keys === null) return null
    if (dukpt !== null) return dukptMacKeys(dukpt, request.fields.get(dukpt.ksnField) ?? '')
    const own = { cipher: keys.cipher, key: keys.macKey }
    return { request: own, answer: own }
  }

  const judge = (exchange: Exchange, macInput: Uint8Array | null, fault: Fault | null): Answer => {
    const { terminal, request } = exchange
    if (!terminals.includes(terminal)) return { code: '97' }
    if (request.fields.get(42) !== terminal.mid) return { code: '03' }
    const unmet = unmetDemand(request, demands)
    if (unmet !== null) return { code: CODE_FORMAT, fields: new Map([[56, unmet]]) }
    const mac = fromHex(request.fields.get(64) ?? '')
    const key = macKeysOf(terminal, request)?.request
    const macIsGood =
      key !== undefined && macInput !== null && macFits(algorithm, key, { input: macInput, mac })
    const orderedCode = fault?.kind === 'decline' ? fault.code : null
    const repeatedAdvice = options.repeatedAdvice ?? 'refused'
    const phone = PHONES.get(fault?.kind ?? '') ?? null
    return route(exchange, {
      issuer,
      refused,
      macIsGood,
      orderedCode,
      repeatedAdvice,
      pending,
      signatures,
      phone,
    })
  }

  const process = (
    frame: Frame,
    unpacked: { readonly message: Message; readonly macInput: Uint8Array | null },
    fault: Fault | null,
    note: string,
  ): Uint8Array => {
    const terminal = terminalOf(terminals, unpacked.message)
    const request = inClear(unpacked.message, terminal)
    const asked = exchangeOf(request, terminal)
    const isPart = fault?.kind === 'approvePart'
    const exchange = isPart ? bookingHalf(asked) : asked
    const judged = judge(exchange, unpacked.macInput, fault)
    const answer = isPart ? answeringHalf(exchange, judged) : judged
    const reply = spoilFields(composeReply(exchange, answer), fault)
    log.add({ at: clock.wallMs(), direction: 'out', message: reply, note })
    const key = macKeysOf(terminal, request)?.answer ?? null
    return encodeReply(frame, reply, key, fault)
  }

  const receive = (bytes: Uint8Array, faults: FaultQueue | null): readonly Step[] => {
    const at = clock.wallMs()
    const frame = readFrame(bytes, form)
    const unpacked = frame === null ? null : unpack(frame.body, form.pinBlockBytes)
    if (frame === null || unpacked === null || !unpacked.ok) {
      const why = unpacked === null || unpacked.ok ? 'frame is too short' : unpacked.why
      log.add({ at, direction: 'in', message: null, note: why })
      return []
    }
    const { mti } = unpacked.message
    const tid = unpacked.message.fields.get(41) ?? ''
    const fault = faults?.takeForMessage(mti, unpacked.message.fields.get(3)) ?? null
    // A kept request comes without a queue: it is judged now, but its terminal has long stopped waiting.
    const note = faults === null ? 'lateRequest, not sent' : (fault?.kind ?? '')
    log.add({ at, direction: 'in', message: unpacked.message, note })
    if (fault?.kind === 'dropRequest') return []
    if (fault?.kind === 'lateRequest') {
      keptRequests.set(tid, bytes)
      return []
    }
    const reply = process(frame, unpacked, fault, note)
    if (fault?.kind === 'lateReply') {
      keptReplies.set(tid, reply)
      return []
    }
    const stale = keptReplies.get(tid)
    keptReplies.delete(tid)
    const steps = spoilBytes(stale === undefined ? reply : joinBytes(stale, reply), fault, random)
    const kept = keptRequests.get(tid)
    keptRequests.delete(tid)
    if (kept !== undefined) receive(kept, null)
    return steps
  }

  return {
    ledger,
    terminals,
    log,
    receive,
    signatures: signatures.kept,
    upset: (what) => upset(terminals, what),
  }
}

/** Third digit of DE 53 = 1: the track is enciphered. One that cannot be read is left as it is, and fits no card. */
function inClear(request: Message, { keys }: Terminal): Message {
  const track = request.fields.get(35)
  const isEnciphered = request.fields.get(53)?.slice(2, 3) === '1'
  if (track === undefined || !isEnciphered || !keys?.trackKey) return request
  const clear = clearTrack(keys.trackKey, track)
  return clear === null ? request : { ...request, fields: new Map(request.fields).set(35, clear) }
}

function terminalOf(terminals: readonly Terminal[], request: Message): Terminal {
  const tid = request.fields.get(41) ?? ''
  const known = terminals.find((terminal) => terminal.tid === tid)
  return known ?? newTerminal({ tid, mid: request.fields.get(42) ?? '' })
}
