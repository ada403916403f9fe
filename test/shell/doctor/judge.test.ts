/** The diagnosis as a table: one fact away from a sound terminal, and what is said of it. */
import { expect, test } from 'vitest'
import type { DeviceFacts, DoctorFacts } from '#shell/doctor/facts.ts'
import { judge } from '#shell/doctor/judge.ts'

const NOW = Date.UTC(2026, 5, 1)
const DAY_MS = 86_400_000

const PRINTER: DeviceFacts = {
  role: 'printer',
  model: 'escpos-serial',
  place: '/dev/pos/printer',
  node: 'present',
  heldBy: [],
  isByNumber: null,
  missingRule: null,
  health: { device: 'printer', troubles: [], identity: 'TM-T20' },
  answersAs: null,
}

const SOUND: DoctorFacts = {
  nowMs: NOW,
  certificateDays: 30,
  terminal: 'stopped',
  retired: null,
  otherOwner: null,
  foreignFiles: [],
  devices: [PRINTER],
  hosts: [{ address: 'host:1', reached: true, detail: '' }],
  talk: { kind: 'signedOn' },
  certificates: [{ what: 'ca', validFromMs: NOW - DAY_MS, validToMs: NOW + 365 * DAY_MS }],
  keys: { refused: null, unopened: false, masterKeyCheck: 'D0E06F', ready: true },
  disk: { freeBytes: 10_000_000_000, writable: true, reserve: 'whole' },
  journal: { kind: 'whole', events: 7, lastMs: NOW - 1000, origin: 'own' },
  snapshot: 'taken',
  rulesInstalled: true,
}

const failed = (
  why: 'keyCheck' | 'refused' | 'silent' | 'unusable',
  code = '',
  unreadable = false,
) => ({ talk: { kind: 'failed', why, code, unreadable, answersIn: null } }) as const
const device = (change: Partial<DeviceFacts>): Partial<DoctorFacts> => ({
  devices: [{ ...PRINTER, ...change }],
})
const troubled = (...troubles: NonNullable<DeviceFacts['health']>['troubles']) =>
  ({ device: 'printer', troubles }) as const
const host = (detail: string): Partial<DoctorFacts> => ({
  hosts: [{ address: 'host:1', reached: false, detail }],
})

const CASES: readonly (readonly [string, Partial<DoctorFacts>, string])[] = [
  [
    'held by another program',
    device({ heldBy: [{ pid: 7, program: 'ModemManager' }] }),
    'device.held',
  ],
  ['no permission', device({ node: 'noPermission' }), 'device.noPermission'],
  ['a file under the name', device({ node: 'notADevice' }), 'device.notADevice'],
  [
    'another device by its number, and silent',
    device({ isByNumber: 'qrScanner', health: troubled('noAnswer') }),
    'device.swapped',
  ],
  [
    'answers at another speed',
    device({ answersAs: 'printer', health: troubled('garbled') }),
    'device.wrongSpeed',
  ],
  ['no answer at all', device({ health: troubled('noAnswer') }), 'device.noAnswer'],
  ['the cover is open', device({ health: troubled('coverOpen') }), 'paper.coverOpen'],
  ['the pad lost its keys', device({ health: troubled('tampered') }), 'keys.pad.tampered'],
  ['wrong MAC key: its check value does not fit', failed('keyCheck', 'mac'), 'keys.macDiffers'],
  [
    'wrong master key: the PIN key does not fit either',
    failed('keyCheck', 'pin'),
    'keys.masterDiffers',
  ],
  ['an answer in another language', failed('silent', '', true), 'talk.otherLanguage'],
  ['an answer that lacks what must be in it', failed('unusable', 'terminal'), 'talk.otherLanguage'],
  ['silence on an open line', failed('silent'), 'talk.silent'],
  [
    'an answer in another dialect',
    { talk: { ...failed('silent').talk, answersIn: 'unionpay-pos' } },
    'talk.wrongDialect',
  ],
  ['a box that was moved', { retired: 'moved' }, 'terminal.retired'],
  ['a refusal', failed('refused', '03'), 'talk.refused'],
  [
    'refused by the production profile',
    {
      keys: {
        refused: { by: 'store', why: 'no' },
        unopened: false,
        masterKeyCheck: null,
        ready: null,
      },
    },
    'keys.refused',
  ],
  [
    'files that root brought back into the data folder',
    { foreignFiles: ['journal.db', 'terminal.lock'] },
    'terminal.foreignFiles',
  ],
  ['an expired host certificate', host('certificate has expired'), 'certificate.hostExpired'],
  [
    'a stranger at the address',
    host('unable to get local issuer certificate'),
    'certificate.hostRefused',
  ],
  ['a refused connection', host('connect ECONNREFUSED'), 'host.unreachable'],
  [
    'a certificate of next year',
    { certificates: [{ what: 'ca', validFromMs: NOW + DAY_MS, validToMs: NOW + 2 * DAY_MS }] },
    'certificate.notYet',
  ],
  [
    'a disk that was mounted read-only',
    { disk: { ...SOUND.disk, writable: false } },
    'disk.notWritable',
  ],
  [
    'a reserve that was given up',
    { disk: { ...SOUND.disk, reserve: 'missing' } },
    'disk.noReserve',
  ],
  [
    'a clock behind the journal',
    { journal: { kind: 'whole', events: 7, lastMs: NOW + 3 * DAY_MS, origin: 'own' } },
    'clock.behindJournal',
  ],
]

test('of a sound terminal nothing is red', () => {
  expect(judge(SOUND).filter(({ level }) => level !== 'good' && level !== 'open')).toEqual([])
})

test.each(CASES)('%s', (_, change, code) => {
  const bad = judge({ ...SOUND, ...change }).filter(({ level }) => level === 'bad')
  expect(bad.map((found) => found.code)).toEqual([code])
})

test('what ends soon is a warning and no more', () => {
  const soon = { what: 'client', validFromMs: 0, validToMs: NOW + 29 * DAY_MS } as const
  const found = judge({ ...SOUND, certificates: [soon] })
  expect(found).toContainEqual(
    expect.objectContaining({ level: 'warning', code: 'certificate.soon' }),
  )
  const nearEnd = {
    ...PRINTER,
    health: { device: 'printer', troubles: [], paperNearEnd: true },
  } as const
  const low = judge({
    ...SOUND,
    devices: [nearEnd],
    disk: { ...SOUND.disk, freeBytes: 50_000_000 },
  })
  expect(low.filter(({ level }) => level === 'warning').map(({ code }) => code)).toEqual([
    'disk.low',
    'paper.nearEnd',
  ])
})

test('a device that answers is not doubted because of its number', () => {
  const found = judge({ ...SOUND, ...device({ isByNumber: 'pinPad' }) })
  expect(found.filter(({ level }) => level === 'bad')).toEqual([])
})
