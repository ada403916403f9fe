/** The acquirer's own rules of what may follow what, written from the card schemes' side and not from the terminal's. */

export type KindName =
  | 'sale'
  | 'void'
  | 'refund'
  | 'preAuth'
  | 'preAuthVoid'
  | 'completion'
  | 'completionVoid'
  | 'balance'

/** MTI of the answer, DE 3, and which way money moves, seen from the shop. */
export const KINDS: Readonly<
  Record<
    KindName,
    { readonly mti: string; readonly processingCode: string; readonly sign: 1 | 0 | -1 }
  >
> = {
  sale: { mti: '0210', processingCode: '000000', sign: 1 },
  void: { mti: '0210', processingCode: '200000', sign: -1 },
  refund: { mti: '0230', processingCode: '200000', sign: -1 },
  preAuth: { mti: '0110', processingCode: '030000', sign: 0 },
  preAuthVoid: { mti: '0110', processingCode: '200000', sign: 0 },
  completion: { mti: '0210', processingCode: '000000', sign: 1 },
  completionVoid: { mti: '0210', processingCode: '200000', sign: -1 },
  balance: { mti: '0210', processingCode: '310000', sign: 0 },
}

export type Movement = {
  readonly id: string
  readonly kind: KindName
  /** What is held; `askedMinor`: what was asked for, which is more where a part was approved. */
  readonly amountMinor: number
  readonly askedMinor: number
  readonly original: string | null
  /** DE 39 that it was answered with. */
  readonly code: string
  readonly reference: string
  /** `blocked`: reversed before it came, so it must not be approved any more. */
  status: 'approved' | 'declined' | 'reversed' | 'blocked'
  /** Sum of its refunds. */
  refundedMinor: number
  /** What voided or completed it; null while it stands. */
  closedBy: string | null
}

type Ledger = Map<string, Movement>
type Wish = {
  readonly kind: KindName
  readonly amountMinor: number
  readonly original: string | null
}

/** What each kind may be about. */
const ABOUT: Readonly<Partial<Record<KindName, readonly KindName[]>>> = {
  void: ['sale'],
  refund: ['sale', 'completion'],
  preAuthVoid: ['preAuth'],
  completion: ['preAuth'],
  completionVoid: ['completion'],
}
const COMPLETION_PERCENT = 115

/** DE 39: 00; 25 no such original; 22 used up; 64 not that much. */
export function judge(ledger: ReadonlyMap<string, Movement>, wish: Wish): string {
  const about = ABOUT[wish.kind]
  if (about === undefined) return '00'
  const original = wish.original === null ? undefined : ledger.get(wish.original)
  if (original?.status !== 'approved' || !about.includes(original.kind)) return '25'
  if (original.closedBy !== null) return '22'
  const left = original.amountMinor - original.refundedMinor
  if (wish.kind === 'refund') return wish.amountMinor > left ? '64' : '00'
  if (original.refundedMinor > 0) return '22'
  if (wish.kind === 'completion')
    return wish.amountMinor > Math.floor((original.amountMinor * COMPLETION_PERCENT) / 100)
      ? '64'
      : '00'
  return wish.amountMinor === original.amountMinor ? '00' : '64'
}

/** Books what was judged, and what it does to its original. */
export function take(
  ledger: Ledger,
  wish: Wish & Pick<Movement, 'askedMinor' | 'id' | 'code' | 'reference'>,
): void {
  const status = wish.code === '00' ? 'approved' : 'declined'
  ledger.set(wish.id, { ...wish, status, refundedMinor: 0, closedBy: null })
  const original = wish.original === null ? undefined : ledger.get(wish.original)
  if (original === undefined || status !== 'approved') return
  if (wish.kind === 'refund') original.refundedMinor += wish.amountMinor
  else original.closedBy = wish.id
  // The hold is open again.
  if (wish.kind === 'completionVoid') closeHold(ledger, original, null)
}

/** The hold that this completion took the money of; `by`: what uses it up. */
function closeHold(ledger: Ledger, { original }: Movement, by: string | null): void {
  const hold = original === null ? undefined : ledger.get(original)
  if (hold !== undefined) hold.closedBy = by
}

/** A reversal: 00 undone now or before, or was declined; 25 unknown, and refused should it still come; 64 amount; 12 used since. */
export function undo(
  ledger: Ledger,
  id: string,
  amountMinor: number,
): { readonly code: string; readonly took: boolean } {
  const found = ledger.get(id)
  if (found === undefined) {
    ledger.set(id, {
      id,
      kind: 'sale',
      amountMinor,
      askedMinor: amountMinor,
      original: null,
      code: '25',
      reference: '',
      status: 'blocked',
      refundedMinor: 0,
      closedBy: null,
    })
    return { code: '25', took: false }
  }
  if (found.status === 'blocked') return { code: '25', took: false }
  if (found.askedMinor !== amountMinor) return { code: '64', took: false }
  if (found.status !== 'approved') return { code: '00', took: false }
  if (found.closedBy !== null || found.refundedMinor > 0) return { code: '12', took: false }
  found.status = 'reversed'
  const original = found.original === null ? undefined : ledger.get(found.original)
  if (original?.closedBy === id) original.closedBy = null
  if (original !== undefined && found.kind === 'completionVoid')
    closeHold(ledger, original, original.id)
  return { code: '00', took: true }
}

/** Thirty digits of DE 48: sum and count of what came in, then of what went out, in this batch. */
export function totalsOf(ledger: ReadonlyMap<string, Movement>, batch: string): string {
  const sums = { 1: { sum: 0, count: 0 }, [-1]: { sum: 0, count: 0 } }
  for (const { id, kind, status, amountMinor } of ledger.values()) {
    const { sign } = KINDS[kind]
    if (status !== 'approved' || sign === 0 || !id.startsWith(batch)) continue
    const side = sums[sign]
    side.sum += amountMinor
    side.count += 1
  }
  return [sums[1], sums[-1]]
    .map(({ sum, count }) => `${String(sum).padStart(12, '0')}${String(count).padStart(3, '0')}`)
    .join('')
}
