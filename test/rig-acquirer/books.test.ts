import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFaultQueue } from '../rig/acquirer/faults/fault-queue.ts'
import { createHost, type Host } from '../rig/acquirer/host/host.ts'
import { stands } from '../rig/acquirer/ledger/entry.ts'
import { HEADER_BYTES, TPDU_BYTES } from '../rig/acquirer/wire/frame.ts'
import { USUAL_FORM } from '../rig/acquirer/wire/wire-form.ts'
import { hostOptions } from './probe.ts'
import { cardSale, codeSale, de4, reversalOf } from './requests.ts'
import {
  createTerminalSide,
  type Fields,
  type Reply,
  SIGN_ON,
  type TerminalSide,
} from './terminal-side.ts'

/** What follows is under the MAC. */
const UNPROTECTED_BYTES = TPDU_BYTES + HEADER_BYTES

type Desk = {
  readonly host: Host
  readonly side: TerminalSide
  ask(mti: string, fields: Fields): Reply
}

/** Host and terminal face to face, signed on. */
function openDesk(): Desk {
  const host = createHost(hostOptions())
  const side = createTerminalSide()
  const ask = (mti: string, fields: Fields): Reply => {
    const frame = side.frame(mti, fields).slice(USUAL_FORM.lengthBytes)
    const [step] = host.receive(frame, createFaultQueue())
    if (step?.kind !== 'send') throw new Error('no answer')
    return side.read(step.bytes.slice(USUAL_FORM.lengthBytes))
  }
  side.adopt(ask('0800', SIGN_ON))
  return { host, side, ask }
}

const amount = fc.integer({ min: 1, max: 4_000_000 })
const pick = fc.nat(20)
const action = fc.oneof(
  fc.record({
    do: fc.constant('sale' as const),
    card: fc.constantFrom('debit', 'poor', 'lost', 'phone'),
    amount,
  }),
  fc.record({ do: fc.constant('code' as const), prefix: fc.constantFrom('13', '28'), amount }),
  fc.record({ do: fc.constant('void' as const), pick }),
  fc.record({ do: fc.constant('refund' as const), pick, amount }),
  fc.record({ do: fc.constant('reverse' as const), pick }),
  fc.record({ do: fc.constant('repeat' as const), pick }),
)

type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never
type Sent = { readonly mti: string; readonly fields: Fields; readonly rrn: string }

/** Plays the actions; every request has its own STAN, except repeats and reversals. */
function play(desk: Desk, actions: readonly Action[]): void {
  const sent: Sent[] = []
  const send = (mti: string, fields: Fields): void => {
    const reply = desk.ask(mti, fields)
    sent.push({ mti, fields, rrn: reply.fields[37] ?? '' })
  }
  for (const [index, step] of actions.entries()) {
    const stan = String(index + 2).padStart(6, '0')
    const earlier = 'pick' in step ? sent[step.pick % Math.max(sent.length, 1)] : undefined
    const { 55: _chip, 59: _code, ...rest } = earlier?.fields ?? {}
    const back = { ...rest, 3: '200000', 11: stan, 61: `000001${earlier?.fields[11]}` }
    if (step.do === 'sale') send('0200', cardSale(step.card, step.amount, stan))
    else if (step.do === 'code')
      send('0200', codeSale(`${step.prefix}${stan.padStart(16, '0')}`, step.amount, stan))
    else if (earlier === undefined) continue
    else if (step.do === 'void') send('0200', { ...back, 60: '2300000100060' })
    else if (step.do === 'refund')
      send('0220', { ...back, 4: de4(step.amount), 37: earlier.rrn, 60: '2500000100060' })
    else if (step.do === 'repeat') desk.ask(earlier.mti, earlier.fields)
    else desk.ask('0400', reversalOf(earlier.fields))
  }
}

test('whatever is asked in whatever order, no fen appears or disappears and no refund exceeds its sale', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
      const desk = openDesk()
      play(desk, actions)
      const { ledger } = desk.host
      const opening = ledger.accounts.reduce((sum, { openingMinor }) => sum + openingMinor, 0)
      const left = ledger.accounts.reduce((sum, { id }) => sum + ledger.balanceMinor(id), 0)
      expect(ledger.heldMinor()).toBe(opening - left)
      for (const account of ledger.accounts) {
        expect(ledger.balanceMinor(account.id)).toBeGreaterThanOrEqual(0)
        expect(ledger.balanceMinor(account.id)).toBeLessThanOrEqual(account.openingMinor)
      }
      for (const entry of ledger.entries) {
        const refundable = stands(entry) && !ledger.isVoided(entry) ? entry.amountMinor : 0
        expect(ledger.refundedMinor(entry)).toBeLessThanOrEqual(refundable)
      }
    }),
    { numRuns: 60 },
  )
})

test('any bytes at all are survived, and take no money', () => {
  const host = createHost(hostOptions())
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      host.receive(bytes, createFaultQueue())
      expect(host.ledger.heldMinor()).toBe(0)
    }),
    { numRuns: 300 },
  )
})

test('a sale with any one byte changed on the way takes no money', () => {
  const desk = openDesk()
  const frame = desk.side
    .frame('0200', cardSale('debit', 100, '000002'))
    .slice(USUAL_FORM.lengthBytes)
  const { length } = frame
  fc.assert(
    fc.property(
      fc.integer({ min: UNPROTECTED_BYTES, max: length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      (at, change) => {
        const spoiled = frame.map((byte, index) => (index === at ? byte ^ change : byte))
        desk.host.receive(spoiled, createFaultQueue())
        expect(desk.host.ledger.heldMinor()).toBe(0)
      },
    ),
    { numRuns: 300 },
  )
  desk.host.receive(frame, createFaultQueue())
  expect(desk.host.ledger.heldMinor()).toBe(100)
})

test('two hosts with the same start answer the same bytes', () => {
  const answer = () => openDesk().ask('0200', cardSale('credit', 4_321, '000002'))
  expect(answer()).toMatchObject({ mti: '0210', macGood: true })
  expect(answer()).toEqual(answer())
})
