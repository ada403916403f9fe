/** What the customer's page says to somebody who cannot read it: the amount, and what to do now. Said on demand only. */
import type { CustomerView } from '#shell/api/view.ts'
import { spokenAmount } from './spoken-amount.ts'

/** Clips for the page that is shown; an outcome only where the page shows one. Nothing of cards, and never a digit of a PIN. */
export function guideOf({ customer: page, direction, locale }: CustomerView): readonly string[] {
  const amount = 'amount' in page ? spokenAmount(locale.customer, page.amount) : []
  switch (page.kind) {
    case 'closed':
    case 'welcome':
      return [`guide.${page.kind}`]
    case 'present':
      return [...charged(direction), ...amount, ...presentClips(page.means)]
    case 'amount':
    case 'pin':
    case 'wait':
    case 'walletPassword':
    case 'sign':
      return [...charged(direction), ...amount, `guide.${page.kind}`]
    case 'result':
      if (page.outcome === 'unknown') return ['guide.unknown']
      return [...RESULTS[page.outcome][direction], ...(page.outcome === 'approved' ? amount : [])]
  }
}

function charged(direction: CustomerView['direction']): readonly string[] {
  return { in: ['charge'], out: ['refund'], hold: ['hold'], none: [] }[direction]
}

function presentClips(means: readonly string[]): readonly string[] {
  if (!means.includes('code')) return means.length === 0 ? [] : ['guide.present.card']
  return means.length === 1 ? ['guide.present.code'] : ['guide.present']
}

const RESULTS = {
  approved: { in: ['paid'], out: ['refunded'], hold: ['held'], none: [] },
  notPaid: { in: ['notPaid'], out: ['notRefunded'], hold: ['notHeld'], none: [] },
} as const
