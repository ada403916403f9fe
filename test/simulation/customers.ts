/** Whoever pays: holds out a card or a phone when asked, sometimes both, sometimes an old picture of a code, sometimes nothing. */
import { pageName } from '#core/terminal/decision.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import type { CodeFacts } from '#core/transaction/tender.ts'
import type { CardReader } from './card-reader.ts'
import type { House } from './house.ts'
import type { HouseRules } from './house-rules.ts'
import { breach } from './interruptions.ts'
import type { Process } from './process.ts'
import { aCard, aCode, cardWith } from './shop.ts'
import type { Scanner } from './small-devices.ts'
import type { WorldParts } from './world-parts.ts'

export type Customers = {
  /** The screen has changed. */
  readonly look: (state: TerminalState) => void
}

/** Tries before a customer gives up. */
const TRIES_LIMIT = 5

export function createCustomers(
  parts: WorldParts & {
    house: House
    rules: HouseRules
    process: Process
    reader: CardReader
    scanner: Scanner
  },
): Customers {
  const { timeline, random, faults, house, rules, process, reader, scanner } = parts
  let asked = ''
  let signing = ''
  let serial = 0
  let lastCode: CodeFacts | null = null

  const showCode = (): boolean => {
    serial += 1
    const old = lastCode !== null && faults.strikes('oldCode') ? lastCode : null
    const code = old === null ? aCode(random, serial) : { ...old, handle: `tender-${serial}` }
    lastCode = code
    if (!house.typesCodes || random.chance(0.6)) return scanner.show(code)
    rules.typed(code.handle)
    process.hear({ type: 'codeAccepted', code, typed: true })
    return true
  }
  /** Money goes back to the card that it came from, if the customer finds that one in the purse. */
  const purse = (order: Order): string | undefined =>
    order.original === undefined || faults.strikes('wrongCard')
      ? undefined
      : cardWith(order.original.fingerprint)
  const holdOutCard = (page: string, order: Order): boolean => {
    serial += 1
    const wanted = order.original?.fingerprint
    const card = aCard(random, serial, purse(order))
    const fits = wanted === undefined || wanted === card.fingerprint
    const tried = reader.present(card)
    const state = process.state()
    if (fits && tried === 'read' && state?.step.kind === 'present' && pageName(state) === page)
      breach('a card was read while the customer was asked for it, and it was ignored')
    return tried !== 'dark'
  }

  const tryToPay = (page: string, tries: number): void => {
    timeline.after(random.between(1_500, 9_000), () => {
      const state = process.state()
      if (state?.step.kind !== 'present' || pageName(state) !== page) return
      if (faults.strikes('cardAndCode')) {
        holdOutCard(page, state.step.order)
        showCode()
      } else if (random.chance(0.3)) showCode()
      else if (!holdOutCard(page, state.step.order)) showCode()
      if (tries < TRIES_LIMIT) tryToPay(page, tries + 1)
    })
  }

  /** Most people write, some would rather have paper, and some only look. */
  const sign = ({ signing: wanted }: TerminalState): void => {
    if (wanted === undefined || wanted.record === signing) return
    const { record } = wanted
    signing = record
    const ink = random.chance(0.8) ? 'AAAAAA' : ''
    if (random.chance(0.9))
      timeline.after(random.between(1_000, 12_000), () =>
        process.voice()({ type: 'signatureGiven', record, ink }),
      )
  }

  return {
    look: (state) => {
      sign(state)
      if (state.step.kind !== 'present') return
      const page = pageName(state)
      if (page === asked) return
      asked = page
      tryToPay(page, 1)
    },
  }
}
