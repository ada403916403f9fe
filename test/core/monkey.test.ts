import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide } from '#core/terminal/decide.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { EventBody, Key } from '#core/terminal/event.ts'
import { breaches } from '#core/terminal/invariants.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { counterFrom, NOON, SETUP, TAPPED_CARD } from './counter.ts'

/** Anything that the world may do next; `state` lets it quote the right page, number or job most of the time. */
type Happening = (state: TerminalState) => EventBody

const keys: Key[] = [
  '1',
  '5',
  '9',
  '00',
  '.',
  'backspace',
  'clear',
  'confirm',
  'confirm',
  'confirm',
  'cancel',
  'menu',
]
const stanOf = (state: TerminalState): string =>
  'attempt' in state.step ? state.step.attempt.stan : '000000'

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 40, arbitrary: fc.constant<Happening>(onwards) },
  {
    weight: 12,
    arbitrary: fc.constantFrom(...keys).map(
      (key): Happening =>
        (s) => ({ type: 'keyPressed', page: pageName(s), key }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...keys).map(
      (key): Happening =>
        () => ({ type: 'keyPressed', page: 'amount#1', key }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        option: fc.constantFrom(
          'retry',
          'reprintLast',
          'printMissing',
          'paperComplete',
          'printMissing',
          'retryReversal',
          'signOut',
          'back',
          'x',
        ),
        at: fc.nat(3),
      })
      .map(
        ({ option, at }): Happening =>
          (s) => ({
            type: 'optionChosen',
            page: pageName(s),
            option,
            item: s.slips[at]?.slip.job ?? '',
          }),
      ),
  },
  {
    weight: 4,
    arbitrary: fc.boolean().map(
      (correct): Happening =>
        (s) => ({ type: 'operatorChecked', page: pageName(s), operator: '01', correct }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom('chip', 'contactless', 'stripe').map(
      (by): Happening =>
        (s) => ({
          type: 'cardPresented',
          read: s.counters.read - 1,
          card: { ...TAPPED_CARD, interface: by },
        }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.nat(40).map(
      (n): Happening =>
        () => ({
          type: 'codeAccepted',
          code: { handle: 'c', channel: 'wechat', masked: '1234', fingerprint: `F${n}` },
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Happening>(() => ({
      type: 'codeDoubted',
      why: 'PAN_LOOKALIKE',
      code: { handle: 'c', channel: 'unionpay', masked: '1234', fingerprint: 'D' },
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Happening>(() => ({ type: 'codeRefused', why: 'EMPTY', digits: 0 })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('insertInstead', 'unreadable', 'timedOut', 'deviceFailed').map(
      (why): Happening =>
        (s) => ({ type: 'cardReadEnded', read: s.counters.read - 1, why }),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Happening>(() => ({ type: 'cardRemoved' })) },
  {
    weight: 3,
    arbitrary: fc.constant<Happening>((s) => ({ type: 'pinEntered', stan: stanOf(s) })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('bypassed', 'cancelled', 'timedOut', 'deviceFailed').map(
      (why): Happening =>
        (s) => ({ type: 'pinEnded', stan: stanOf(s), why, trouble: null }),
    ),
  },
  {
    weight: 6,
    arbitrary: fc
      .record({
        code: fc.constantFrom('00', '00', '51', 'A0', '77'),
        mac: fc.constantFrom('good', 'good', 'bad', 'absent'),
      })
      .map(
        ({ code, mac }): Happening =>
          (s) => ({
            type: 'hostReplied',
            stan: stanOf(s),
            reply: { mti: '0210', mac, fields: answer(s, code) },
          }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Happening>((s) => ({ type: 'hostSilent', stan: stanOf(s) })),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Happening>((s) => ({ type: 'hostUnreachable', stan: stanOf(s) })),
  },
  {
    weight: 3,
    arbitrary: fc.boolean().map(
      (approved): Happening =>
        (s) => ({ type: 'cardCompleted', stan: stanOf(s), approved, chip: [] }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('cardRemoved', 'deviceFailed').map(
      (why): Happening =>
        (s) => ({ type: 'cardCompletionFailed', stan: stanOf(s), why }),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom('00', '25', 'A0', '96').map(
      (code): Happening =>
        (s) => ({
          type: 'reversalReplied',
          reversal: s.reversal?.id ?? '',
          reply: {
            mti: '0410',
            mac: 'good',
            fields: { '11': s.reversal?.stan ?? '', '39': code, '41': SETUP.terminalNumber },
          },
        }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Happening>((s) => ({
      type: 'reversalUnanswered',
      reversal: s.reversal?.id ?? '',
      sent: true,
    })),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom('printed', 'interrupted', 'notStarted', 'unsure').map(
      (kind): Happening =>
        (s) => {
          const job = s.slips.find((one) => one.state === 'printing')?.slip.job ?? ''
          if (kind === 'printed')
            return { type: 'printEnded', job, outcome: { kind, proof: 'processId' } }
          return kind === 'unsure'
            ? { type: 'printEnded', job, outcome: { kind } }
            : { type: 'printEnded', job, outcome: { kind, trouble: 'paperOut' } }
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.boolean().map(
      (well): Happening =>
        () => ({
          type: 'deviceHealthChanged',
          health: { device: 'printer', troubles: well ? [] : ['paperOut'] },
        }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('present', 'tear', 'reversal', 'link').map(
      (timer): Happening =>
        () => ({ type: 'timerFired', timer }),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Happening>(() => ({ type: 'signedOn', batch: '000001' })) },
  {
    weight: 1,
    arbitrary: fc.constant<Happening>(() => ({ type: 'signOnFailed', why: 'silent', code: '' })),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Happening>(() => ({ type: 'started', setup: SETUP, keysReady: true })),
  },
)

/** What a patient counter would see next, so that the monkey gets as far as money often enough. */
function onwards(state: TerminalState): EventBody {
  const page = pageName(state)
  if (state.link !== 'up') return { type: 'signedOn', batch: '000001' }
  if (state.reversal !== null && state.reversal.state !== 'armed') {
    const fields = { '11': state.reversal.stan, '39': '00', '41': SETUP.terminalNumber }
    return {
      type: 'reversalReplied',
      reversal: state.reversal.id,
      reply: { mti: '0410', mac: 'good', fields },
    }
  }
  if (state.step.kind === 'signIn')
    return { type: 'operatorChecked', page, operator: '01', correct: true }
  if (state.step.kind === 'amount' && state.step.typed === '')
    return { type: 'keyPressed', page, key: '5' }
  if (state.step.kind === 'present')
    return { type: 'cardPresented', read: state.step.read, card: TAPPED_CARD }
  const back =
    state.step.kind === 'menu' || state.step.kind === 'records' || state.step.kind === 'openItems'
  return { type: 'keyPressed', page, key: back ? 'cancel' : 'confirm' }
}

function answer(state: TerminalState, code: string): Record<string, string> {
  const amount = 'attempt' in state.step ? state.step.attempt.amountMinor : 0
  return {
    '3': '000000',
    '4': String(amount).padStart(12, '0'),
    '11': stanOf(state),
    '37': '112112000001',
    '39': code,
    '41': SETUP.terminalNumber,
    '42': SETUP.merchantNumber,
  }
}

test('whatever happens in whatever order, the invariants hold and a request leaves only from a customer who was asked', () => {
  let sales = 0
  fc.assert(
    fc.property(fc.array(happening, { minLength: 40, maxLength: 400 }), (happenings) => {
      const counter = counterFrom()
      counter.open()
      let state = counter.state()
      let confirmed: number | null = null
      for (const [index, next] of happenings.entries()) {
        const { state: after, effects } = decide(state, { ...next(state), at: NOON + index * 1000 })
        expect(breaches(state, after)).toEqual([])
        if (after.step.kind === 'confirmAmount') confirmed = after.step.order.dueMinor
        for (const effect of effects) {
          if (effect.do !== 'sendRequest') continue
          sales += 1
          expect(['present', 'pin', 'confirmCode']).toContain(state.step.kind)
          expect(effect.attempt.amountMinor).toBe(confirmed)
        }
        state = after
      }
    }),
    { numRuns: 300 },
  )
  expect(sales).toBeGreaterThan(100)
})

test('the same events always lead to the same decisions, byte for byte', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 120 }), (happenings) => {
      const play = () => {
        const counter = counterFrom()
        counter.open()
        let state = counter.state()
        const told = happenings.map((next, index) => {
          const decision = decide(state, { ...next(state), at: NOON + index })
          state = decision.state
          return JSON.stringify([decision.effects, decision.refused])
        })
        return JSON.stringify([told, state])
      }
      expect(play()).toBe(play())
    }),
    { numRuns: 50 },
  )
})

test('the state survives being written to disk and read back', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 200 }), (happenings) => {
      const counter = counterFrom()
      counter.open()
      let state = counter.state()
      for (const [index, next] of happenings.entries())
        state = decide(state, { ...next(state), at: NOON + index }).state
      expect(JSON.parse(JSON.stringify(state))).toEqual(state)
    }),
    { numRuns: 50 },
  )
})
