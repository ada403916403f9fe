/** Lights the reader and turns what comes into an event; the secrets of a card go into custody on the way. */
import { civil } from '#core/calendar.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody } from '#core/terminal/event.ts'
import { cardFacts } from '../intake/card-facts.ts'
import type { PerformerParts } from './parts.ts'

const LOCAL_OFFSET_MS = 8 * 3_600_000

export async function readCard(
  parts: PerformerParts,
  effect: Extract<Effect, { do: 'readCard' }>,
): Promise<EventBody> {
  const { read } = effect
  const now = civil(parts.clock.wallMs() + LOCAL_OFFSET_MS)
  const outcome = await parts.devices.cardReader.read({
    amountMinor: effect.amountMinor,
    currency: parts.setup.currency,
    transactionType: effect.transactionType,
    date: `${String(now.year).slice(2)}${now.month}${now.day}`,
    time: now.time.replaceAll(':', ''),
    timeoutMs: parts.setup.limits.presentTimeoutMs,
  })
  if (outcome.kind !== 'card') return { type: 'cardReadEnded', read, why: outcome.kind }
  const { card } = outcome
  const handle = parts.custody.keep({ kind: 'card', card, pinBlock: null, pinKsn: '' })
  const facts = cardFacts(card, handle, card.pan.use(parts.fingerprint))
  const isRefused = card.pan.use(parts.isRefused)
  return { type: 'cardPresented', read, card: isRefused ? { ...facts, listed: true } : facts }
}
