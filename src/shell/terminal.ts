/** Puts the loop, the journal, the devices and the acquirer together into one running terminal. */
import type { Clock } from '#core/ports/clock.ts'
import type { KeysPort } from '#core/ports/keys.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import type { Slip } from '#core/receipt/slip.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import type { CodeTable } from '#qr/code-table.ts'
import { type Acquirer, type AcquirerSettings, createAcquirer } from './acquirer/acquirer.ts'
import { createScreens, type Screens } from './api/screens.ts'
import { createCustody } from './custody/custody.ts'
import { sealPan, withSealedPan } from './custody/sealed-pan.ts'
import { keptReplyTimeout } from './downloads/downloads.ts'
import type { DownloadStore } from './downloads/store.ts'
import { scannedCode } from './intake/scanned-code.ts'
import type { Journal } from './journal/journal.ts'
import type { DeviceKey, Random } from './keys/device-key.ts'
import { fingerprint } from './keys/seal.ts'
import type { Note } from './log.ts'
import type { Devices } from './performers/parts.ts'
import { createPerformers } from './performers/performers.ts'
import { renderSlip } from './receipt/render-slip.ts'
import type { SlipWords } from './receipt/slip-words.ts'
import { createRunner } from './runner/runner.ts'

export type TerminalParts = {
  readonly setup: Setup
  readonly acquirer: AcquirerSettings
  readonly masterKeyIndex: number
  readonly dialect: Dialect
  readonly codeTable: CodeTable
  readonly slipWords: SlipWords
  readonly devices: Devices
  readonly journal: Journal
  readonly keys: KeysPort
  readonly downloads: DownloadStore
  readonly deviceKey: DeviceKey
  readonly arena: SecretArena
  readonly clock: Clock
  readonly random: Random
  readonly note: Note
}

export type Terminal = {
  readonly screens: Screens
  readonly state: () => TerminalState
  /** Recovers what is owed, opens the devices, and is ready. */
  readonly start: () => void
  /** Writes what is still in memory and lets go of everything. */
  readonly stop: () => Promise<void>
}

export function createTerminal(parts: TerminalParts): Terminal {
  const { clock, deviceKey, devices, journal, note } = parts
  const custody = createCustody()
  const acquirer = createAcquirer({
    settings: parts.acquirer,
    dialect: parts.dialect,
    keys: parts.keys,
    downloads: parts.downloads,
    clock,
    note,
    tell: (event) => runner.dispatch(event),
  })
  const render = (slip: Slip) => renderSlip(slip, devices.printer.profile, parts.slipWords)

  const runner = createRunner({
    journal,
    clock,
    initial: journal.lastState() ?? initialState(),
    seal: (effect) => {
      const held = custody.card(effect.handle)
      if (held === null) throw new Error('a reversal was armed for a card that is not here')
      return sealPan(deviceKey, effect.reversal, held.card, parts.random)
    },
    perform: (effect) => perform(effect),
    publish: () => screens.publish(),
    onJournalFailed: (cause) => {
      note('journal failed', { detail: cause instanceof Error ? cause.message : 'unknown' })
      screens.stop('journal.failed')
    },
  })
  const screens = createScreens({
    state: runner.state,
    dispatch: runner.dispatch,
    wallMs: () => clock.wallMs(),
    random: parts.random,
    slipSvg: (id) => {
      const job = runner.state().slips.find((one) => one.slip.job === id)
      return job === undefined ? null : render(job.slip).svg
    },
  })
  const perform = createPerformers({
    devices,
    acquirer,
    custody,
    clock,
    keys: parts.keys,
    setup: parts.setup,
    masterKeyIndex: parts.masterKeyIndex,
    fingerprint: (pan) => fingerprint(deviceKey, 'pan', pan),
    renderSlip: (slip) => render(slip).escpos,
    findRecord: (stan) => journal.newestRecord(stan),
    batchRecords: (batch) => journal.batchRecords(batch),
    withSealedCard: (owed, use) => withSealedCard(parts, owed, use),
    dispatch: runner.dispatch,
  })

  const everyDevice = Object.values(devices)
  return {
    screens,
    state: runner.state,
    start: () => {
      const intake = {
        table: parts.codeTable,
        arena: parts.arena,
        custody,
        fingerprint: (bytes: Uint8Array) => fingerprint(deviceKey, 'paymentCode', bytes),
      }
      for (const device of everyDevice) {
        device.onHealth((health) => {
          note('device', { device: health.device, troubles: health.troubles.join(' ') || 'none' })
          runner.dispatch({ type: 'deviceHealthChanged', health })
        })
      }
      devices.cardReader.onRemoved(() => runner.dispatch({ type: 'cardRemoved' }))
      devices.qrScanner.onRead((reading) => runner.dispatch(scannedCode(intake, reading)))
      const setup = withKeptParameters(parts, acquirer)
      runner.dispatch({ type: 'started', setup, keysReady: parts.keys.ready })
      for (const device of everyDevice) device.start()
    },
    stop: async () => {
      runner.flush()
      await Promise.all(everyDevice.map((device) => device.close()))
      acquirer.close()
      custody.forgetAll()
      journal.close()
    },
  }
}

function withSealedCard<Result>(
  { deviceKey, journal, note }: TerminalParts,
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

/** What the host's parameters say goes before the configuration. */
function withKeptParameters({ downloads, setup }: TerminalParts, acquirer: Acquirer): Setup {
  const replyTimeoutMs = keptReplyTimeout(downloads)
  if (replyTimeoutMs === null) return setup
  acquirer.setReplyTimeout(replyTimeoutMs)
  return { ...setup, host: { ...setup.host, replyTimeoutMs } }
}
