/** The shop of the simulation: its configuration, its customers' test cards and their payment codes. */
import { minor } from '#core/money.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { CardFacts, CodeFacts } from '#core/transaction/tender.ts'
import type { House } from './house.ts'
import type { Random } from './random.ts'

/** Test card numbers of no issuer, 16 and 19 digits. */
const TEST_PANS = [
  '6222021234567890128',
  '6222029999999990019',
  '4000000000000002',
  '5100000000000008',
] as const

/** Where amounts are guarded, a sale above this is allowed by a second person. */
export const SECOND_PERSON_ABOVE_MINOR = 150_000

/** Where digits of codes are keyed in, up to this amount. */
export const TYPED_MOST_MINOR = 30_000

export const CASHIER = '01'
/** Whoever sells cannot allow a refund, so there are two. */
export const SUPERVISORS = ['90', '91'] as const

export function shopSetup(random: Random, house: House): Setup {
  const copies = random.chance(0.5)
    ? (['merchant', 'cardholder'] as const)
    : (['cardholder'] as const)
  return {
    merchantName: { 'zh-CN': '示范店', en: 'Demo Shop' },
    merchantNumber: '898100012345678',
    terminalNumber: '10000001',
    acquirerName: '银联',
    currency: '156',
    hotline: '95516',
    drill: false,
    locale: { counter: 'zh-CN', customer: 'zh-CN' },
    operators: [
      { number: CASHIER, role: 'cashier' },
      ...SUPERVISORS.map((number) => ({ number, role: 'supervisor' as const })),
    ],
    limits: {
      maxAmountMinor: minor(5_000_000),
      contactlessNoPinMinor: minor(100_000),
      presentTimeoutMs: 90_000,
      pinTimeoutMs: 60_000,
    },
    ...(random.chance(0.7)
      ? { codes: { mergeMs: 300, secondPhoneMs: 1_000, unreadableTries: 3 } }
      : {}),
    ...(house.typesCodes ? { codes: TYPED_CODES } : {}),
    alarms: {
      refunds: 2,
      sameCard: 2,
      withinMs: 3_600_000,
      wrongCodes: 2,
      garbledPercent: 10,
      printerLines: 200,
    },
    refundGuard: {
      coolOffMs: 0,
      toldAboveMinor: minor(5_000),
      ...(house.provesTyped ? { proveTyped: true } : {}),
    },
    ...(house.reviewsRefunds ? { report: REVIEWED } : {}),
    ...(house.neverHolds ? { holds: false } : {}),
    ...(house.signsOnScreen ? { signature: { timeoutMs: 60_000 } } : {}),
    ...(house.guardsAmounts ? { amountGuard: AMOUNT_GUARD } : {}),
    slips: { copies, tearTimeoutMs: 15_000 },
    host: {
      replyTimeoutMs: 60_000,
      approvals: ['00', '11'],
      reversalDone: ['00', '12', '25'],
      unfinished: ['09'],
      signOnAgain: ['77', '99', 'A0'],
      reversalRetryMs: 10_000,
      linkRetryMs: 10_000,
      ...(random.chance(0.7) ? { codeQuery: CODE_QUERY } : {}),
      linkRetryMostMs: 120_000,
      echoEveryMs: random.pick([0, 300_000]),
      signOnEveryMs: 86_400_000,
      ...(house.hasScripts ? { scriptNoticeTries: 2 } : {}),
      ...(house.takesParts ? { partialApproval: true } : {}),
      ...(house.signsOnScreen ? { signatureUpload: SIGNATURES } : {}),
      downloads: random.pick([[], ['parameters', 'caKeys']]),
    },
  }
}

/** The test card with this fingerprint; undefined for a code. */
export function cardWith(fingerprint: string): string | undefined {
  return TEST_PANS.find((pan) => fingerprintOf(pan) === fingerprint)
}

function fingerprintOf(pan: string): string {
  return `CARD${pan.slice(-4)}`
}

/** A customer's card as the shell would hand it on: masked, with a handle that no other card has. */
export function aCard(
  random: Random,
  serial: number,
  pan: string = random.pick(TEST_PANS),
): CardFacts {
  const by = random.pick<CardFacts['interface']>([
    'contactless',
    'contactless',
    'contactless',
    'chip',
    'stripe',
  ])
  return {
    handle: `tender-${serial}`,
    interface: by,
    masked: `${pan.slice(0, 6)}${'*'.repeat(pan.length - 10)}${pan.slice(-4)}`,
    fingerprint: fingerprintOf(pan),
    serviceCode: by === 'stripe' ? '101' : '201',
    panSequence: by === 'stripe' ? null : '001',
    emv: by === 'stripe' ? '' : '9F2608112233445566778',
    reversalEmv: by === 'stripe' ? '' : '9505',
    chip: by === 'stripe' ? [] : [{ name: 'ARQC', value: '1122334455667788' }],
    verification: random.pick(['none', 'none', 'onlinePin', 'signature', 'deviceVerified']),
    label: 'UICC DEBIT',
    aid: 'A000000333010101',
  }
}

export function aCode(random: Random, serial: number): CodeFacts {
  const channel = random.pick<CodeFacts['channel']>(['wechat', 'alipay', 'unionpay'])
  return {
    handle: `tender-${serial}`,
    channel,
    masked: `**************${String(serial % 10_000).padStart(4, '0')}`,
    fingerprint: `CODE${serial}`,
  }
}

const TYPED_CODES = {
  mergeMs: 300,
  secondPhoneMs: 1_000,
  unreadableTries: 3,
  typedMostMinor: minor(TYPED_MOST_MINOR),
} as const

/** Small figures, so that a short day has something to compare with. */
const AMOUNT_GUARD = {
  enoughSales: 5,
  unusualBelow: 100,
  unusualAbove: 100,
  edgeBelow: 200,
  edgeAbove: 200,
  secondPersonAboveMinor: minor(SECOND_PERSON_ABOVE_MINOR),
  lookMs: 3_000,
}

const REVIEWED = { shopTotal: false, exceptionsOnSlip: false, reviewRefunds: true } as const

/** So many tries that faults alone do not use them up: what a person files on paper is seen to elsewhere. */
const SIGNATURES = { tries: 100, retryMs: 10_000, accepted: ['00', '94'], ownStan: false }

/** As the wallets advise; 22 is this host's word for "taken back". */
const CODE_QUERY = {
  everyMs: 5_000,
  tries: 6,
  cancelAfterMs: 15_000,
  cancelsBeforeHelp: 3,
  paying: ['09'],
  open: ['96', '98'],
  notPaid: ['51', '22'],
} as const
