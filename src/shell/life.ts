/**
 * One life of the terminal: from a journal that was read to the orderly end or the first write that failed. A life that has ended does
 * nothing more, hears nothing more and lets no byte leave, as if its process were gone; the next one finds in the journal what is owed.
 */
import type { Clock } from '#core/ports/clock.ts'
import type { KeysPort } from '#core/ports/keys.ts'
import type { ScanReading } from '#core/ports/qr-scanner.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import type { Slip } from '#core/receipt/slip.ts'
import type { EventBody } from '#core/terminal/event.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import type { CodeTable } from '#qr/code-table.ts'
import { type Acquirer, type AcquirerSettings, createAcquirer } from './acquirer/acquirer.ts'
import { pinBlockBytes } from './acquirer/pin-block-bytes.ts'
import { createCustody } from './custody/custody.ts'
import { sealPan, withSealedPan } from './custody/sealed-pan.ts'
import { keptContactless, keptReplyTimeout } from './downloads/downloads.ts'
import { equipReader, type ReaderTable } from './downloads/equip-reader.ts'
import { refusedCards } from './downloads/refused-cards.ts'
import type { DownloadStore } from './downloads/store.ts'
import { scannedCode, typedCode } from './intake/scanned-code.ts'
import type { KeptJournal } from './journal/journal.ts'
import type { DeviceKey, Random } from './keys/device-key.ts'
import { fingerprint } from './keys/seal.ts'
import type { Note } from './log.ts'
import type { Devices, PerformerParts } from './performers/parts.ts'
import { createPerformers } from './performers/performers.ts'
import type { RenderedSlip } from './receipt/render-slip.ts'
import { createRunner } from './runner/runner.ts'

export type LifeParts = {
  readonly setup: Setup
  readonly acquirer: AcquirerSettings
  readonly masterKeyIndex: number
  readonly dialect: Dialect
  readonly codeTable: CodeTable
  /** The shop's own receive codes, whole; empty: it has none. */
  readonly payees: readonly string[]
  /** In the place of the link to the acquirer: a drill has one that opens no socket. */
  readonly builtInHost?: Acquirer
  /** Where the journal holds no state yet; absent: a terminal that has never run. */
  readonly firstState?: TerminalState
  readonly devices: Devices
  /** Closed by the end of the life. */
  readonly journal: KeptJournal
  readonly keys: KeysPort
  readonly downloads: DownloadStore
  readonly deviceKey: DeviceKey
  readonly arena: SecretArena
  readonly clock: Clock
  readonly random: Random
  readonly note: Note
  /** Null when it cannot be drawn. */
  readonly draw: (slip: Slip) => RenderedSlip | null
  /** Puts slips where another printer can have them; numbers of the jobs that lie there. Never throws. */
  readonly writeSlipsOut: (
    slips: readonly { readonly slip: Slip; readonly rendered: RenderedSlip }[],
  ) => readonly string[]
  /** Counts the exceptions of an open batch from this journal; absent: they stand on no slip. */
  readonly countExceptions?: (
    journal: Pick<KeptJournal, 'batchRecords'>,
  ) => NonNullable<PerformerParts['countExceptions']>
  readonly publish: () => void
  /** A write failed: nothing more is decided. Called once, and `end` is for the caller to call. */
  readonly onJournalFailed: (cause: unknown) => void
  /** The terminal is to change places with its drill. */
  readonly onDrill: (wish: 'begin' | 'end') => void
}

export type Life = {
  readonly state: () => TerminalState
  readonly dispatch: (event: EventBody) => void
  /** As the journal has them. */
  readonly tillRecords: LifeParts['journal']['tillRecords']
  readonly batchRecords: LifeParts['journal']['batchRecords']
  /** Something under the scanner. */
  readonly scan: (reading: ScanReading) => void
  /** Digits of a payment code that were keyed in; they live no longer than this call. */
  readonly typeCode: (digits: string) => void
  /** Recovers what is owed. */
  readonly begin: () => void
  /** Writes what is still in memory; for an orderly end. */
  readonly flush: () => void
  /** Lets go of everything but the devices. Safe to call twice. */
  readonly end: () => void
}

/** A life that has not begun, on what the journal says. */
export function createLife(parts: LifeParts): Life {
  const { clock, deviceKey, devices, journal, note } = parts
  const custody = createCustody()
  const hashDigits = (digits: Uint8Array): string => fingerprint(deviceKey, 'refusedCard', digits)
  let isRefused = refusedCards(parts.downloads, hashDigits)
  const acquirer =
    parts.builtInHost ??
    createAcquirer({
      settings: parts.acquirer,
      dialect: parts.dialect,
      keys: parts.keys,
      downloads: parts.downloads,
      hashDigits,
      payerHash: (name) => fingerprint(deviceKey, 'payer', name),
      clock,
      note,
      tell: (event) => runner.dispatch(event),
    })
  const runner = createRunner({
    journal,
    clock,
    initial: journal.lastState() ?? parts.firstState ?? initialState(),
    seal: (effect) => {
      const held = custody.card(effect.handle)
      if (held === null) throw new Error('a reversal was armed for a card that is not here')
      return sealPan(deviceKey, effect.reversal, held.card, parts.random)
    },
    perform: (effect) => perform(effect),
    publish: parts.publish,
    onJournalFailed: parts.onJournalFailed,
  })
  const equip = (tables: readonly ReaderTable[]): void =>
    void equipReader({ reader: devices.cardReader, downloads: parts.downloads, note }, tables)
  const perform = createPerformers({
    devices,
    acquirer,
    custody,
    clock,
    keys: parts.keys,
    setup: parts.setup,
    pin: {
      masterKeyIndex: parts.masterKeyIndex,
      isUnique: (parts.acquirer.pinKsnField ?? null) !== null,
      blockBytes: pinBlockBytes(parts.dialect),
    },
    fingerprint: (pan) => fingerprint(deviceKey, 'pan', pan),
    drawSlip: parts.draw,
    exportSlips: (slips) =>
      parts.writeSlipsOut(
        slips.flatMap((slip) => {
          const rendered = parts.draw(slip)
          return rendered === null ? [] : [{ slip, rendered }]
        }),
      ),
    findRecord: (stan) => journal.newestRecord(stan),
    searchRecords: (wish) => journal.searchRecords(wish),
    batchRecords: (batch) => journal.batchRecords(batch),
    ...(parts.countExceptions === undefined
      ? {}
      : { countExceptions: parts.countExceptions(journal) }),
    withSealedCard: (owed, use) => withSealedCard(parts, owed, use),
    isRefused: (pan) => isRefused(pan),
    takeUp(download) {
      if (download === 'blacklist') isRefused = refusedCards(parts.downloads, hashDigits)
      else if (download === 'caKeys' || download === 'aids') equip([download])
    },
    onDrill: parts.onDrill,
    dispatch: runner.dispatch,
  })
  const intake = {
    table: parts.codeTable,
    arena: parts.arena,
    custody,
    fingerprint: (bytes: Uint8Array) => fingerprint(deviceKey, 'paymentCode', bytes),
    records: journal,
    payees: parts.payees,
  }
  let isOver = false

  return {
    state: runner.state,
    dispatch: runner.dispatch,
    tillRecords: (reference) => journal.tillRecords(reference),
    batchRecords: (batch) => journal.batchRecords(batch),
    scan: (reading) => runner.dispatch(scannedCode(intake, reading)),
    typeCode: (digits) => runner.dispatch(typedCode(intake, new TextEncoder().encode(digits))),
    begin: () => {
      const setup = withKeptParameters(parts, acquirer)
      runner.dispatch({ type: 'started', setup, keysReady: parts.keys.ready })
      equip(['caKeys', 'aids'])
    },
    flush: runner.flush,
    end: () => {
      if (isOver) return
      isOver = true
      runner.halt()
      acquirer.close()
      custody.forgetAll()
      journal.close()
    },
  }
}

function withSealedCard<Result>(
  { deviceKey, journal, note }: LifeParts,
  owed: { readonly id: string; readonly hasPan: boolean },
  use: (card: { pan: Uint8Array; expiry: Uint8Array } | null) => Result,
): Result {
  const sealed = owed.hasPan ? journal.sealedPan(owed.id) : null
  if (sealed === null) return use(null)
  const outcome = withSealedPan(deviceKey, owed.id, sealed, (expiry, pan) => ({
    value: use({ pan, expiry }),
  }))
  if (outcome !== null) return outcome.value
  note('the sealed card of a reversal does not open', { owed: owed.id })
  return use(null)
}

/** What the host's parameters say goes before the configuration; its limits of taps stand beside it. */
function withKeptParameters({ downloads, setup: written }: LifeParts, acquirer: Acquirer): Setup {
  const contactless = keptContactless(downloads)
  const setup = contactless === null ? written : { ...written, contactless }
  const replyTimeoutMs = keptReplyTimeout(downloads)
  if (replyTimeoutMs === null) return setup
  acquirer.setReplyTimeout(replyTimeoutMs)
  return { ...setup, host: { ...setup.host, replyTimeoutMs } }
}
