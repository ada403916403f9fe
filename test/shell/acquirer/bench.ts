/** The terminal's side of the line on its own: real keys, real dialect, the real link, and an acquirer at the far end. */
import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { minor } from '#core/money.ts'
import type { KeysPort } from '#core/ports/keys.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import { UNIONPAY_FRAME } from '#iso8583/frame.ts'
import { type Acquirer, type AcquirerSettings, createAcquirer } from '#shell/acquirer/acquirer.ts'
import { type FieldChoices, USUAL_PAYMENT_CODE } from '#shell/acquirer/fields.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import type { Held } from '#shell/custody/custody.ts'
import { createDownloadStore, type DownloadStore } from '#shell/downloads/store.ts'
import { DeviceKey } from '#shell/keys/device-key.ts'
import { fingerprint } from '#shell/keys/seal.ts'
import { openSoftwareKeyStore, type SoftwareKeyStore } from '#shell/keys/software-key-store.ts'
import { WORKING_KEY_LAYOUTS } from '#shell/keys/working-key-layouts.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { systemClock } from '#shell/system-clock.ts'
import {
  type AcquirerOptions,
  type Acquirer as SimulatedHost,
  startAcquirer,
} from '../../rig/acquirer/acquirer.ts'
import { readCards } from '../../rig/acquirer/cards-file.ts'
import { createMemoryDisk } from '../keys/memory-disk.ts'

const MASTER_KEY = '258FB0AB70D025CDB99DF2C4D302D646'
const TERMINAL = '10000001'
const MERCHANT = '898100012345678'
const CARDS = readCards('test/rig/cards.yaml')

/** A host that knows this terminal, on a free port; gone with the test. */
export async function startHost(options: Partial<AcquirerOptions> = {}): Promise<SimulatedHost> {
  const host = await startAcquirer({
    port: 0,
    cards: CARDS,
    masterKey: MASTER_KEY,
    clock: systemClock,
    random: (length) => randomBytes(length),
    terminals: [{ tid: TERMINAL, mid: MERCHANT }],
    ...options,
  })
  onTestFinished(() => host.stop())
  return host
}

export type TerminalLink = {
  readonly acquirer: Acquirer
  readonly settings: AcquirerSettings
  readonly keys: KeysPort
  readonly dialect: Dialect
  readonly downloads: DownloadStore
  readonly notes: readonly Readonly<Record<string, string>>[]
  /** Events that nobody had asked for. */
  readonly told: readonly EventBody[]
  /** Signs on; throws when that fails. */
  readonly signOn: () => Promise<void>
}

/** A terminal's link with its master key loaded, not signed on. */
export function openLink({
  ports,
  keys = openKeys(),
  downloads = createDownloadStore({ folder: 'downloads', disk: createMemoryDisk() }),
  ...settings
}: Partial<AcquirerSettings> & {
  readonly ports: readonly number[]
  /** Of another link, to be signed on already. */
  readonly keys?: KeysPort
  readonly downloads?: DownloadStore
}): TerminalLink {
  const loaded = loadDialect('unionpay-pos', 'config/dialects')
  if (!loaded.ok) throw new Error(loaded.problem)
  const notes: Record<string, string>[] = []
  const told: EventBody[] = []
  const all: AcquirerSettings = {
    ...SETTINGS,
    hosts: ports.map((port) => ({ host: '127.0.0.1', port })),
    ...settings,
  }
  const acquirer = createAcquirer({
    settings: all,
    dialect: loaded.dialect,
    keys,
    downloads,
    hashDigits,
    clock: systemClock,
    note: (what, facts) => notes.push({ what, ...facts }),
    tell: (event) => told.push(event),
  })
  onTestFinished(() => acquirer.close())
  return {
    acquirer,
    settings: all,
    keys,
    dialect: loaded.dialect,
    downloads,
    notes,
    told,
    signOn: async () => {
      const outcome = await acquirer.signOn({ stan: '000001', batch: '000001', operator: '01' })
      if (outcome.type !== 'signedOn') throw new Error(`sign-on failed: ${outcome.why}`)
    },
  }
}

/** As on a terminal, under a device key. */
export const hashDigits = (digits: Uint8Array): string =>
  fingerprint(new DeviceKey(new Uint8Array(32).fill(9)), 'refusedCard', digits)

export function openKeys(): SoftwareKeyStore {
  const store = openSoftwareKeyStore({
    file: 'keys.json',
    disk: createMemoryDisk(),
    profile: 'demo',
    deviceKey: new DeviceKey(Uint8Array.from(randomBytes(32))),
    random: (length) => Uint8Array.from(randomBytes(length)),
    warn: () => undefined,
  })
  if (!store.ok) throw new Error(store.why)
  store.keys.importMasterKey(MASTER_KEY)
  return store.keys
}

/** As the shipped configuration has them. */
export const USUAL_CHOICES: FieldChoices = {
  maximumPinLength: '12',
  financialManagementCode: '000',
  controlField: { stripeCapability: '2', tail: '' },
  securityKeyDigit: '6',
  cardOrganization: '000',
  operatorField: 'padded',
  serialField: 'labelled',
  paymentCode: USUAL_PAYMENT_CODE,
  reversal: {
    originalData: 'absent',
    followUpData: 'asSent',
    securityControl: false,
    authCode: false,
    chipData: true,
    reasons: { '98': '98', A0: 'A0', '96': '96', '06': '06' },
  },
}

const SETTINGS: Omit<AcquirerSettings, 'hosts'> = {
  backOff: { firstMs: 10_000, mostMs: 600_000 },
  connection: 'short',
  tls: null,
  http: null,
  framing: UNIONPAY_FRAME,
  connectTimeoutMs: 1000,
  replyTimeoutMs: 1000,
  frameTimeoutMs: 300,
  echoTimeoutMs: 500,
  encryptsTrack: false,
  tpdu: '6000030000',
  header: '603100311000',
  matchFields: ['11'],
  networkManagementCode: '003',
  keyLayout: WORKING_KEY_LAYOUTS['003'],
  mac: 'unionpay-ecb',
  ksnField: null,
  macCountsFor: null,
  choices: USUAL_CHOICES,
  terminalNumber: TERMINAL,
  merchantNumber: MERCHANT,
  currency: '156',
  serial: 'ST0000000001',
}

/** A customer's payment code, a fresh one for each STAN, and the attempt that the core would send. */
export function codeSale(
  stan: string,
  amountMinor = 3850,
): { readonly attempt: Attempt; readonly held: Held; readonly reversal: Reversal } {
  const digits = `28${stan.padStart(16, '0')}`
  const code = createSecretArena().put('paymentCode', new TextEncoder().encode(digits))
  const amount = minor(amountMinor)
  const attempt: Attempt = {
    order: { id: 1, dueMinor: amount, operator: '01' },
    tender: {
      kind: 'code',
      code: { handle: 'tender-1', channel: 'alipay', masked: code.masked, fingerprint: stan },
    },
    amountMinor: amount,
    stan,
    batch: '000001',
    withPin: false,
    sentAt: 0,
  }
  return { attempt, held: { kind: 'code', code }, reversal: armReversal(attempt) }
}
