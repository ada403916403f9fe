/** The card reader: one read at a time, as its driver promises, and cards that do what cards do. */
import { minor } from '#core/money.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { CardFacts } from '#core/transaction/tender.ts'
import { breach } from './interruptions.ts'
import type { Tell, WorldParts } from './world-parts.ts'

/** Tag 9C. */
const BALANCE = '31'
/** One answer in so many brings an issuer's scripts: without a throw of the dice, so that the others' stories stay as they are. */
const SCRIPTS_EVERY = 3
/** DE 39 that a chip is told as an approval: of the whole, of a part. */
const YES: ReadonlySet<string> = new Set(['00', '10'])

export type CardReader = {
  readonly read: (effect: Extract<Effect, { do: 'readCard' }>, tell: Tell) => void
  readonly cancel: () => void
  readonly complete: (effect: Extract<Effect, { do: 'completeCard' }>, tell: Tell) => void
  /** A customer holds out a card. */
  readonly present: (card: CardFacts) => 'read' | 'notRead' | 'dark'
  /** The terminal lost its power, and the reader with it. */
  readonly powerOff: () => void
  /** Plugged in again a little later. */
  readonly unplug: () => void
  readonly reportHealth: () => void
}

type Reading = { readonly read: number; readonly tell: Tell }

export function createCardReader(
  parts: WorldParts,
  onChipRefused: (stan: string) => void,
  hasScripts: boolean,
): CardReader {
  const { timeline, random, faults, voice } = parts
  let gone = false
  let lit: Reading | null = null
  let chipInSlot = false

  const end = (why: Extract<EventBody, { type: 'cardReadEnded' }>['why']): void => {
    if (lit === null) return
    const { read, tell } = lit
    lit = null
    tell({ type: 'cardReadEnded', read, why })
  }
  const reportHealth = (): void => {
    const troubles = gone ? (['gone'] as const) : []
    voice()({ type: 'deviceHealthChanged', health: { device: 'cardReader', troubles } })
  }

  const troubleOf = (): Parameters<typeof end>[0] | null => {
    if (faults.strikes('cardUnreadable')) return 'unreadable'
    if (faults.strikes('insertInstead')) return 'insertInstead'
    if (faults.strikes('severalCards')) return 'severalCards'
    return faults.strikes('cardDeclines') ? 'cardDeclined' : null
  }

  return {
    read: ({ read, amountMinor, transactionType }, tell) => {
      if (amountMinor <= minor(0) && transactionType !== BALANCE)
        breach('the reader was lit for no amount')
      if (gone) {
        timeline.after(1, () => tell({ type: 'cardReadEnded', read, why: 'deviceFailed' }))
        return
      }
      // The driver keeps the first read and sends a second one away.
      if (lit !== null) {
        timeline.after(1, () => tell({ type: 'cardReadEnded', read, why: 'cancelled' }))
        return
      }
      lit = { read, tell }
    },
    cancel: () => {
      if (lit === null) return
      const { read, tell } = lit
      lit = null
      timeline.after(5, () => tell({ type: 'cardReadEnded', read, why: 'cancelled' }))
    },
    complete: ({ stan, reply, subject = null }, tell) => {
      const ms = random.between(200, 1500)
      timeline.after(ms, () => {
        if (gone || !chipInSlot || faults.strikes('cardPulled')) {
          chipInSlot = false
          if (reply !== null) onChipRefused(stan)
          tell({ type: 'cardCompletionFailed', stan, why: 'cardRemoved' })
          return
        }
        chipInSlot = false
        const saysYes = YES.has(reply?.fields['39'] ?? '')
        const approved = saysYes && !faults.strikes('chipRefuses')
        if (saysYes && !approved) onChipRefused(stan)
        if (hasScripts && subject !== null && Number(stan) % SCRIPTS_EVERY === 0)
          tell({ type: 'scriptsRan', subject, emv: 'DF31052000000001' })
        const chip = [{ name: approved ? 'TC' : 'AAC', value: '1122334455667788' }]
        tell({ type: 'cardCompleted', stan, approved, chip })
        tell({ type: 'cardRemoved' })
      })
    },
    present: (card) => {
      if (lit === null) return 'dark'
      const trouble = troubleOf()
      if (trouble !== null) {
        end(trouble)
        return 'notRead'
      }
      const { read, tell } = lit
      lit = null
      chipInSlot = card.interface === 'chip'
      tell({ type: 'cardPresented', read, card })
      return 'read'
    },
    powerOff: () => {
      lit = null
      chipInSlot = false
    },
    unplug: () => {
      if (gone) return
      gone = true
      chipInSlot = false
      reportHealth()
      end('deviceFailed')
      timeline.after(random.between(500, 60_000), () => {
        gone = false
        reportHealth()
      })
    },
    reportHealth,
  }
}
