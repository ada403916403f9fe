/** The terminals that are compared on the same orders with the same mistakes. */
import type { AmountGuard } from '#core/guard/amount-check.ts'
import { minor } from '#core/money.ts'
import type { Setup } from '#core/terminal/setup.ts'

export type Variant = {
  readonly name: 'B0' | 'B1' | 'B2' | 'B3' | 'B3P' | 'B4'
  readonly what: string
  /**
   * The guards that a merchant can set are on, as the demo configuration has them; and what a careful merchant adds: the shop's own total, no
   * hold where nobody holds, and a typed voucher number that must fit its slip.
   */
  readonly guarded: boolean
  /** Every amount has a page of its own, not only an unusual one, and every code waits a second for another. */
  readonly pageForEvery?: true
  /** The cashier looks at the page "is the amount right?". */
  readonly looks: boolean
  /** Customers see amount and kind before they pay. */
  readonly customerDisplay: boolean
  /** The till sends kind and amount. */
  readonly orderLink: boolean
}

export const VARIANTS: readonly Variant[] = [
  {
    name: 'B0',
    what: 'no confirmation: every question is answered without a look',
    guarded: false,
    looks: false,
    customerDisplay: false,
    orderLink: false,
  },
  {
    name: 'B1',
    what: 'plain yes or no',
    guarded: false,
    looks: true,
    customerDisplay: false,
    orderLink: false,
  },
  {
    name: 'B2',
    what: 'ours without a customer display',
    guarded: true,
    looks: true,
    customerDisplay: false,
    orderLink: false,
  },
  { name: 'B3', what: 'ours', guarded: true, looks: true, customerDisplay: true, orderLink: false },
  {
    name: 'B3P',
    what: 'ours, set to show every amount on a page of its own (`pageFor: every`)',
    guarded: true,
    pageForEvery: true,
    looks: true,
    customerDisplay: true,
    orderLink: false,
  },
  {
    name: 'B4',
    what: 'ours, and the till sends kind and amount',
    guarded: true,
    looks: true,
    customerDisplay: true,
    orderLink: true,
  },
]

/** Second of the people who may allow; whoever sells cannot. */
export const CASHIER = '01'
export const SUPERVISOR = '90'

/** The defaults of the configuration (src/shell/config/sections/amount-guard.ts), as below those of `codes`. */
const GUARD: AmountGuard = {
  enoughSales: 100,
  unusualBelow: 5,
  unusualAbove: 10,
  edgeBelow: 20,
  edgeAbove: 30,
  unknownBelow: 5,
  secondPersonAboveMinor: null,
  lookMs: 800,
  pageFor: 'unusual',
}

/** `holds`: this shop holds money now and then; where it never does, ours has no hold on the menu. */
export function setupOf({ guarded, orderLink, pageForEvery }: Variant, holds: boolean): Setup {
  const amountGuard: AmountGuard = pageForEvery === true ? { ...GUARD, pageFor: 'every' } : GUARD
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
      { number: SUPERVISOR, role: 'supervisor' },
    ],
    limits: {
      maxAmountMinor: minor(5_000_000),
      contactlessNoPinMinor: minor(100_000),
      presentTimeoutMs: 90_000,
      pinTimeoutMs: 60_000,
    },
    ...(guarded
      ? {
          amountGuard,
          codes: {
            mergeMs: 1_000,
            secondPhoneMs: 1_000,
            unreadableTries: 3,
          },
        }
      : {}),
    ...(guarded ? { holds, refundGuard: { coolOffMs: 10_000, proveTyped: true } } : {}),
    ...(orderLink ? { till: { linesOnSlip: false } } : {}),
    ...(guarded ? { report: { shopTotal: true, exceptionsOnSlip: false } } : {}),
    slips: { copies: ['merchant', 'cardholder'], tearTimeoutMs: 15_000 },
    host: {
      replyTimeoutMs: 30_000,
      approvals: ['00', '11'],
      reversalDone: ['00', '12', '25'],
      signOnAgain: ['77', '99', 'A0'],
      reversalRetryMs: 10_000,
      linkRetryMs: 10_000,
      codeQuery: {
        everyMs: 5_000,
        tries: 6,
        cancelAfterMs: 15_000,
        cancelsBeforeHelp: 3,
        paying: ['09'],
        open: ['96', '98'],
        notPaid: ['51', '22'],
      },
    },
  }
}
