/** The same monkey with two people, a drawer of old slips and a batch to close. Its host answers, refuses or stays silent as it likes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchLines, totalsField } from '#core/batch/batch.ts'
import { reviewItems } from '#core/batch/review.ts'
import { causesOf } from '#core/correction/guide.ts'
import { minor, toDe4 } from '#core/money.ts'
import { decide } from '#core/terminal/decide.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { EventBody, Key } from '#core/terminal/event.ts'
import { breaches } from '#core/terminal/invariants.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { type Attempt, kindOf } from '#core/transaction/attempt.ts'
import { isVoid, ruleOf } from '#core/transaction/kinds.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { counterFrom, NOON, SETUP, TAPPED_CARD } from './counter.ts'

const TWO = {
  ...SETUP,
  operators: [
    { number: '01', role: 'cashier' as const },
    { number: '00', role: 'supervisor' as const },
  ],
  alarms: {
    refunds: 2,
    sameCard: 2,
    withinMs: 3_600_000,
    wrongCodes: 2,
    garbledPercent: 30,
    printerLines: 200,
  },
  report: { shopTotal: false, exceptionsOnSlip: false, reviewRefunds: true },
  refundGuard: { coolOffMs: 1_000, toldAboveMinor: minor(1) },
}
/** Chance and choices of one event. */
type Roll = { readonly what: number; readonly which: number }
const roll = fc.record({ what: fc.nat(99), which: fc.nat(30) })

const STRAY: Key[] = ['5', 'cancel', 'confirm', 'menu', 'clear', 'backspace']

/** Mostly what is asked for; now and then a stray key, a cut, silence. */
function happening(state: TerminalState, { what, which }: Roll): EventBody {
  if (what < 2) return { type: 'started', setup: TWO, keysReady: true }
  if (what < 8)
    return { type: 'keyPressed', page: pageName(state), key: STRAY[which % STRAY.length] ?? '5' }
  if (what < 12) return { type: 'timerFired', timer: which % 2 === 0 ? 'advice' : 'batch' }
  return debts(state, what, which) ?? onPage(state, what, which)
}

/** What host and printer owe an answer to. */
function debts(state: TerminalState, what: number, which: number): EventBody | null {
  const { advice, reversal, settlement } = state
  if (state.link !== 'up') return { type: 'signedOn', batch: '000001' }
  const job = state.slips.find((one) => one.state === 'printing')?.slip.job
  if (job !== undefined && what < 60)
    return { type: 'printEnded', job, outcome: { kind: 'printed', proof: 'processId' } }
  if (reversal?.state === 'sent') {
    const fields = { '11': reversal.stan, '39': '00', '41': SETUP.terminalNumber }
    return what < 30
      ? { type: 'reversalUnanswered', reversal: reversal.id, sent: true }
      : {
          type: 'reversalReplied',
          reversal: reversal.id,
          reply: { mti: '0410', mac: 'good', fields },
        }
  }
  if (advice?.state === 'sent') {
    const code = ['00', '94', '25', '96'][which % 4] ?? '00'
    const fields = answer(advice.attempt, code)
    return what < 30
      ? { type: 'adviceUnanswered', advice: advice.id }
      : { type: 'adviceReplied', advice: advice.id, reply: { mti: '0230', mac: 'good', fields } }
  }
  if (settlement !== null && settlement.out !== '') {
    if (what < 30) return { type: 'batchUnanswered', stan: settlement.out }
    const own = totalsField(settlement.lines)
    const isTotals = settlement.phase === 'totals'
    const said = isTotals
      ? { '48': `${own.slice(0, 30)}${which % 3 === 0 ? '2' : '1'}${own.slice(31, 61)}1` }
      : { '39': '00' }
    const fields = { '11': settlement.out, '41': SETUP.terminalNumber, ...said }
    const mti = isTotals ? '0510' : '0330'
    return { type: 'batchReplied', stan: settlement.out, reply: { mti, mac: 'absent', fields } }
  }
  return null
}

function onPage(state: TerminalState, what: number, which: number): EventBody {
  const page = pageName(state)
  const { step } = state
  const key = (pressed: Key): EventBody => ({ type: 'keyPressed', page, key: pressed })
  const option = (chosen: string, item = ''): EventBody => ({
    type: 'optionChosen',
    page,
    option: chosen,
    item,
  })
  switch (step.kind) {
    case 'setPin':
      return { type: 'operatorPinChosen', page, operator: step.operator, credential: 'salt:hash' }
    case 'signIn':
      return {
        type: 'operatorChecked',
        page,
        operator: which % 3 === 0 ? '00' : '01',
        correct: true,
      }
    case 'approve':
    case 'approveBatch':
    case 'approveDrill':
      return { type: 'operatorChecked', page, operator: what < 20 ? '01' : '00', correct: true }
    case 'reviewRefunds': {
      const left = reviewItems(step).find(({ options }) => options.length > 0)
      return left === undefined ? option('settle') : option('reviewed', left.id)
    }
    case 'whatWasWrong':
      if (what % 9 === 0) return option('cannotMend')
      return option(causesOf(step.original)[which % 6]?.id ?? 'customerWish')
    case 'incident': {
      if (step.of === null)
        return option(['tooMuchTaken', 'wrongPersonPaid', 'customerDisputes'][what % 3] ?? '')
      return key(step.typed === '' ? '3' : 'confirm')
    }
    case 'judgeCode':
      return option('refuseCode')
    case 'closeIncident':
      return option('wordReturned')
    case 'handOver':
    case 'parameters':
    case 'checkSticker':
      return key('cancel')
    case 'lookAtAmount':
      return { type: 'timerFired', timer: 'look' }
    case 'rekeyAmount':
      return key(step.again === '' ? '5' : 'confirm')
    case 'amount':
      if (step.typed !== '') return key('confirm')
      return what < 45 ? key('5') : key('menu')
    case 'menu': {
      const sheets = [
        ['records', 'void', 'refund', 'next', 'settle', 'next'],
        ['preAuth', 'complete', 'preAuth', 'balance', 'preAuth', 'xReport'],
        ['next', 'next', 'next', 'next', 'next', 'parameters'],
      ] as const
      return option(sheets[step.sheet][which % 6] ?? 'records')
    }
    case 'records': {
      const newest = state.recent.findLast((one) => one.outcome === 'approved')
      const any = state.recent[which % Math.max(1, state.recent.length)]
      const picked = which % 3 === 0 ? any : newest
      const fitting = picked?.kind === 'preAuth' && what < 70 ? 'complete' : 'void'
      if (what % 13 === 0) return option('search')
      if (what % 11 === 0) return option('reprint', picked?.id ?? '')
      if (what % 5 === 0) return option('correct', picked?.id ?? '')
      return option(what % 4 === 0 ? 'back' : what % 7 === 0 ? 'refund' : fitting, picked?.id ?? '')
    }
    case 'findOriginal': {
      const record = state.recent[which % Math.max(1, state.recent.length)] ?? null
      return what < 20 ? key('cancel') : { type: 'recordFound', page, record }
    }
    case 'searchRecords': {
      if (step.by === null) return option(what < 50 ? 'byTrace' : 'byAmount')
      const old = state.recent.map((one) => ({ ...one, batch: '000000' }))
      return what < 20 ? key('cancel') : { type: 'recordsFound', page, records: old }
    }
    case 'proveReprint':
    case 'badge':
      return key(step.typed === '' ? '3' : 'confirm')
    case 'enterAmount':
      if (what < 40) return key('confirm')
      return key(step.typed === '' ? '3' : 'backspace')
    case 'totals': {
      if (step.lines !== null) return key('confirm')
      const lines = batchLines(state.recent.filter((one) => one.batch === step.batch))
      return { type: 'batchGathered', page, batch: step.batch, lines }
    }
    case 'present':
      return { type: 'cardPresented', read: step.read, card: TAPPED_CARD }
    case 'pin':
      return { type: 'pinEntered', stan: step.attempt.stan }
    case 'authorizing': {
      const { attempt } = step
      if (what < 25) return { type: 'hostSilent', stan: attempt.stan }
      const mti = String(Number(ruleOf(kindOf(attempt.order)).mti) + 10).padStart(4, '0')
      const fields = answer(attempt, what < 35 ? '51' : '00')
      return { type: 'hostReplied', stan: attempt.stan, reply: { mti, mac: 'good', fields } }
    }
    case 'confirmAmount':
      return key('confirm')
    case 'starting':
    case 'clearingDebt':
    case 'confirmCode':
    case 'completing':
    case 'querying':
    case 'reversing':
    case 'settling':
    case 'result':
    case 'openItems':
      return key('cancel')
  }
}

function answer(attempt: Attempt, code: string): Record<string, string> {
  return {
    '3': ruleOf(kindOf(attempt.order)).processingCode,
    '4': toDe4(attempt.amountMinor),
    '11': attempt.stan,
    '37': `1121${attempt.batch.slice(-2)}${attempt.stan}`,
    '39': code,
    '41': SETUP.terminalNumber,
    '42': SETUP.merchantNumber,
    '54': '0210156C000000012345',
  }
}

function fresh(): TerminalState {
  const counter = counterFrom()
  counter.open()
  counter.tell({ type: 'started', setup: TWO, keysReady: true })
  for (const device of ['printer', 'cardReader'] as const)
    counter.tell({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
  return counter.state()
}

test('however voids, refunds, holds and settlements are mixed, no more goes back than was taken and no batch closes twice', () => {
  const seen = new Map<string, number>()
  const settled: number[] = []
  fc.assert(
    fc.property(fc.array(roll, { minLength: 150, maxLength: 500 }), (rolls) => {
      let state = fresh()
      const kept = new Map<string, TransactionRecord>()
      for (const [index, next] of rolls.entries()) {
        const event = { ...happening(state, next), at: NOON + index * 1000 }
        const { state: after, effects } = decide(state, event)
        expect(breaches(state, after)).toEqual([])
        for (const effect of effects) {
          if (effect.do === 'keepRecord') kept.set(effect.record.id, effect.record)
        }
        const sells = effects.some((effect) => effect.do === 'sendRequest')
        expect(sells && state.settlement !== null).toBe(false)
        expect(after.counters.batch - state.counters.batch).toBeLessThanOrEqual(1)
        if (state.settlement !== null && after.settlement === null)
          settled.push(after.counters.batch)
        state = after
      }
      for (const record of kept.values()) {
        if (record.outcome === 'approved') seen.set(record.kind, (seen.get(record.kind) ?? 0) + 1)
        expect(givenBack(record, [...kept.values()])).toBeLessThanOrEqual(record.paidMinor)
      }
    }),
    { numRuns: 400 },
  )
  expect([...seen.keys()].toSorted()).toEqual(
    ['sale', 'void', 'refund', 'preAuth', 'preAuthVoid', 'completion', 'completionVoid'].toSorted(),
  )
  expect(settled.length).toBeGreaterThan(20)
})

/** By the records themselves, not by what the original says of itself. */
function givenBack(original: TransactionRecord, all: readonly TransactionRecord[]): number {
  return all
    .filter((one) => one.original === original.id && one.outcome === 'approved')
    .filter((one) => one.kind === 'refund' || isVoid(one.kind))
    .reduce((sum, one) => sum + one.paidMinor, 0)
}
