/**
 * Holds the secrets of whoever is paying, under the handles that the core knows. An attempt's secrets live here from the reading to
 * `forgetTender`, and nowhere else.
 */
import type { PresentedCard } from '#core/ports/card-reader.ts'
import type { SecretBytes } from '#core/ports/secret.ts'

export type Held =
  | {
      readonly kind: 'card'
      readonly card: PresentedCard
      pinBlock: SecretBytes | null
      /** Names the key of the block; empty unless the pad has one for each PIN. */
      pinKsn: string
    }
  | { readonly kind: 'code'; readonly code: SecretBytes }

export type Custody = {
  /** Takes over the secrets and names them. */
  keep(held: Held): string
  get(handle: string): Held | null
  card(handle: string): Extract<Held, { kind: 'card' }> | null
  /** Zeroes and forgets. Safe to call twice. */
  forget(handle: string): void
  /** Also whatever still comes: a card that was being read when its terminal stopped is wiped on arrival. */
  forgetAll(): void
}

export function createCustody(): Custody {
  const held = new Map<string, Held>()
  let count = 0
  let isOver = false
  const custody: Custody = {
    keep: (tender) => {
      count += 1
      const handle = `tender-${count}`
      if (isOver) wipe(tender)
      else held.set(handle, tender)
      return handle
    },
    get: (handle) => held.get(handle) ?? null,
    card: (handle) => {
      const tender = held.get(handle)
      return tender?.kind === 'card' ? tender : null
    },
    forget: (handle) => {
      const tender = held.get(handle)
      held.delete(handle)
      if (tender !== undefined) wipe(tender)
    },
    forgetAll: () => {
      isOver = true
      for (const handle of held.keys()) custody.forget(handle)
    },
  }
  return custody
}

function wipe(tender: Held): void {
  if (tender.kind === 'code') {
    tender.code.wipe()
    return
  }
  tender.card.pan.wipe()
  tender.card.track2?.wipe()
  tender.pinBlock?.wipe()
}
