/**
 * What the terminal can ask an acquirer for, as data. Requests are built, answers judged, reversals armed and
 * pages coloured by these rows; no other file knows what a void is made of.
 */

export type TransactionKind =
  | 'sale'
  | 'void'
  | 'refund'
  | 'preAuth'
  | 'preAuthVoid'
  | 'completion'
  | 'completionVoid'
  | 'balance'

export type KindRule = {
  readonly mti: '0100' | '0200' | '0220'
  /** DE 3. */
  readonly processingCode: string
  /** DE 25. */
  readonly conditionCode: string
  /** 60.1. */
  readonly type: string
  /** EMV tag 9C, as the card is told. */
  readonly emvType: '00' | '20' | '31'
  /** Which way the money goes, seen from the shop; `hold` blocks it at the issuer. */
  readonly direction: 'in' | 'out' | 'hold' | 'none'
  /**
   * What a lost answer leads to: an armed `reversal` leaves; the same message is sent again, with the same STAN, until it is
   * answered (`repeat`); or `nothing`, because no money was asked for.
   */
  readonly lostAnswer: 'reversal' | 'repeat' | 'nothing'
  /** `chip`: track 2 and DE 55. `track`: track 2. `number`: PAN and expiry alone, so that it can be repeated without the card. */
  readonly card: 'chip' | 'track' | 'number'
  readonly takesCodes: boolean
  /** DE 61: batch and STAN of the original, with or without its date. */
  readonly originalData: 'none' | 'batchStan' | 'batchStanDate'
  /** Fields of the original that are quoted: 37 reference, 38 authorization code. */
  readonly quotes: readonly ('37' | '38')[]
  /** A second person must allow it with a PIN of their own. */
  readonly needsApproval: boolean
  readonly hasAmount: boolean
}

const SALE: KindRule = {
  mti: '0200',
  processingCode: '000000',
  conditionCode: '00',
  type: '22',
  emvType: '00',
  direction: 'in',
  lostAnswer: 'reversal',
  card: 'chip',
  takesCodes: true,
  originalData: 'none',
  quotes: [],
  needsApproval: false,
  hasAmount: true,
}

const VOID: KindRule = {
  ...SALE,
  processingCode: '200000',
  type: '23',
  emvType: '20',
  direction: 'out',
  card: 'track',
  takesCodes: false,
  originalData: 'batchStan',
  quotes: ['37', '38'],
  needsApproval: true,
}

const PRE_AUTH: KindRule = {
  ...SALE,
  mti: '0100',
  processingCode: '030000',
  conditionCode: '06',
  type: '10',
  direction: 'hold',
  takesCodes: false,
}

const RULES: Readonly<Record<TransactionKind, KindRule>> = {
  sale: SALE,
  void: VOID,
  refund: {
    ...VOID,
    mti: '0220',
    type: '25',
    lostAnswer: 'repeat',
    card: 'number',
    originalData: 'batchStanDate',
    quotes: ['37'],
  },
  preAuth: PRE_AUTH,
  preAuthVoid: {
    ...VOID,
    mti: '0100',
    conditionCode: '06',
    type: '11',
    originalData: 'batchStanDate',
    quotes: ['38'],
  },
  completion: {
    ...PRE_AUTH,
    mti: '0200',
    processingCode: '000000',
    type: '20',
    direction: 'in',
    card: 'track',
    originalData: 'batchStanDate',
    quotes: ['38'],
  },
  completionVoid: {
    ...VOID,
    conditionCode: '06',
    type: '21',
    originalData: 'batchStanDate',
  },
  balance: {
    ...SALE,
    processingCode: '310000',
    type: '01',
    emvType: '31',
    direction: 'none',
    lostAnswer: 'nothing',
    takesCodes: false,
    hasAmount: false,
  },
}

export function ruleOf(kind: TransactionKind): KindRule {
  return RULES[kind]
}

/** The void that belongs to an original, or null when it cannot be voided. */
export function voidOf(kind: TransactionKind): TransactionKind | null {
  switch (kind) {
    case 'sale':
      return 'void'
    case 'preAuth':
      return 'preAuthVoid'
    case 'completion':
      return 'completionVoid'
    case 'void':
    case 'refund':
    case 'preAuthVoid':
    case 'completionVoid':
    case 'balance':
      return null
  }
}

/** True for the three kinds that take back another transaction as a whole. */
export function isVoid(kind: TransactionKind): boolean {
  return kind === 'void' || kind === 'preAuthVoid' || kind === 'completionVoid'
}
