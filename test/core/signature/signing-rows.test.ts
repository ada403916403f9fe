/** The signature on the customer's screen, row by row: whom it is asked of, what it changes and what it leaves alone. */
import { expect, test } from 'vitest'
import { message } from '#core/message.ts'
import { formatMinor } from '#core/money.ts'
import {
  askToSign,
  onSignatureGiven,
  onSignedOnPaper,
  signatureTelling,
  signOnPaper,
  watchSigning,
  withoutSigning,
} from '#core/signature/decide.ts'
import { featureCode } from '#core/signature/feature-code.ts'
import type { Signing } from '#core/signature/signature.ts'
import { isSigned } from '#core/signature/signature.ts'
import { UPLOADS_LIMIT } from '#core/signature/upload.ts'
import { refuse, stay } from '#core/terminal/decision.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { NOON, SETUP } from '../counter.ts'
import { attemptOf, openTerminal } from '../recovery/found-states.ts'

const SHOP: Setup = { ...SETUP, signature: { timeoutMs: 60_000 } }
const BASE: TerminalState = { ...openTerminal(), setup: SHOP, at: NOON }
const [PAID] = BASE.recent
if (PAID?.slip == null) throw new Error('nothing was sold')
const SALE = { ...PAID, slip: { ...PAID.slip, verification: 'signature' as const } }
const RESULT: Step = {
  kind: 'result',
  outcome: 'approved',
  order: attemptOf('sale', SALE.stan).order,
  record: SALE.id,
  trace: SALE.stan,
  channel: 'card',
  last4: '0012',
  mayTryAgain: false,
}
const SIGNING: Signing = {
  record: SALE.id,
  trace: SALE.stan,
  type: 'sale',
  amountMinor: SALE.paidMinor,
  code: featureCode('1122', SALE.reference),
  settlementDate: '1122',
  wait: { startedAt: NOON, deadlineAt: NOON + 60_000 },
}
const QUEUED = BASE.slips.map((job, at) => ({
  ...job,
  state: at === 0 ? ('queued' as const) : ('awaitingTear' as const),
}))
const AT_SCREEN: TerminalState = { ...BASE, step: RESULT, slips: QUEUED, signing: SIGNING }
const OWED = { record: SALE.id, trace: SALE.stan, type: 'sale', amountMinor: SALE.paidMinor }

test('it is asked for until its time is over, and the cashier is told', () => {
  const { effects, state } = askToSign(BASE, SALE, '1122')
  expect(state.signing).toEqual(SIGNING)
  expect(state.message).toEqual(signatureTelling('ask', SIGNING))
  expect(effects).toEqual([{ do: 'startTimer', timer: 'signature', ms: 60_000 }])
})

test.each<[string, Partial<TerminalState>, typeof PAID]>([
  ['the shop wants none', { setup: SETUP }, SALE],
  ['there is no slip', {}, { ...SALE, slip: null }],
  ['nobody has to sign', {}, { ...SALE, slip: { ...SALE.slip, verification: 'noSignature' } }],
  [
    'the shop keeps no copy',
    { setup: { ...SHOP, slips: { ...SHOP.slips, copies: ['cardholder'] } } },
    SALE,
  ],
])('%s: nobody is asked', (_what, change, record) => {
  const state = { ...BASE, ...change }
  expect(askToSign(state, record, '1122')).toEqual(stay(state))
})

test('what says on its slip that somebody signs', () => {
  const signed = (['pinAndSignature', 'signature', 'noPin'] as const).map(isSigned)
  const not = (['noSignature', 'noPinNoSignature', 'deviceVerified', 'codePayment'] as const).map(
    isSigned,
  )
  expect([signed, not]).toEqual([
    [true, true, true],
    [false, false, false, false],
  ])
})

test('the lines go onto the copy of the shop, the code onto every paper and the record, and other payments stay', () => {
  const other = { ...SALE, id: 'another' }
  const foreign = QUEUED.map(({ slip }, at) => ({
    record: 'another',
    slip: { ...slip, job: `X${at}` },
    state: 'printed' as const,
  }))
  const state = { ...AT_SCREEN, recent: [other, SALE], slips: [...foreign, ...QUEUED] }
  const given = { type: 'signatureGiven', at: NOON, record: SALE.id, ink: 'AAAA' } as const
  const { effects, state: signed } = onSignatureGiven(state, given)
  const { code } = SIGNING
  expect(signed.slips.map(({ slip }) => slip.facts.signature)).toEqual([
    undefined,
    undefined,
    { code, ink: 'AAAA' },
    { code },
  ])
  expect(signed.recent).toEqual([other, { ...SALE, slip: { ...SALE.slip, signature: { code } } }])
  expect(signed).toMatchObject({ message: message('signature.given') })
  expect([signed.signing, signed.unsigned, signed.uploads]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(effects).toMatchObject([
    { do: 'stopTimer', timer: 'signature' },
    { do: 'keepRecord', record: { id: SALE.id } },
    { do: 'print' },
  ])
})

test('what is signed for the acquirer goes with its lines and the date of its settlement', () => {
  const signatureUpload = { tries: 3, retryMs: 1, accepted: ['00'], ownStan: false }
  const setup = { ...SHOP, host: { ...SHOP.host, signatureUpload } }
  const given = { type: 'signatureGiven', at: NOON, record: SALE.id, ink: 'AAAA' } as const
  const { uploads } = onSignatureGiven({ ...AT_SCREEN, setup }, given).state
  expect(uploads).toMatchObject([
    {
      record: SALE.id,
      settlementDate: '1122',
      facts: { signature: { code: SIGNING.code, ink: 'AAAA' } },
    },
  ])
})

test.each<[string, Step, string | null]>([
  ['its own page is told', RESULT, 'signature.onPaper'],
  ['that of another is left as it is', { ...RESULT, record: 'another' }, 'host.reversed'],
  ['and any other too', { kind: 'signIn' }, 'host.reversed'],
])('nobody signs on the screen: %s', (_what, step, said) => {
  const state = { ...AT_SCREEN, step, message: message('host.reversed') }
  const { effects, state: left } = signOnPaper(state)
  expect([left.signing, left.unsigned, left.message?.key]).toEqual([undefined, [OWED], said])
  expect(effects.map((effect) => effect.do)).toEqual(['stopTimer', 'print'])
})

test('on paper also where the customer would rather, or there is no room for another', () => {
  const paper = { type: 'signatureGiven', at: NOON, record: SALE.id, ink: '' } as const
  expect(onSignatureGiven(AT_SCREEN, paper).state).toMatchObject({
    unsigned: [OWED],
    message: signatureTelling('onPaper', SIGNING),
  })
  const upload = {
    record: 'another',
    stan: '000045',
    settlementDate: '',
    facts: SALE.slip,
    tries: 0,
    pauses: 1,
    notBefore: NOON,
    reprints: 0,
  }
  const full = { ...BASE, uploads: Array.from({ length: UPLOADS_LIMIT }, () => upload) }
  const { effects, state } = askToSign(full, SALE, '1122')
  expect([state.signing, state.unsigned, effects]).toEqual([undefined, [OWED], []])
})

test('what is said of a signature names sum and voucher number', () => {
  expect(signatureTelling('owed', SIGNING)).toEqual(
    message('signature.owed', { amount: formatMinor(SALE.paidMinor), trace: SALE.stan }),
  )
})

test('who has not been asked owes no signature', () => {
  expect(signOnPaper(BASE).refused).toBe('timerNotRunning')
  expect(withoutSigning(BASE)).toBe(BASE)
  const given = { type: 'signatureGiven', at: NOON, record: SALE.id, ink: 'AAAA' } as const
  for (const state of [BASE, { ...AT_SCREEN, signing: { ...SIGNING, record: 'another' } }])
    expect(onSignatureGiven(state, given).refused).toBe('notAskedFor')
})

test('whoever leaves the page signs on paper; who stays, or was refused, goes on signing', () => {
  const left = watchSigning(stay({ ...AT_SCREEN, step: { kind: 'amount', typed: '' } }))
  expect(left.state.unsigned).toEqual([OWED])
  const next = watchSigning(stay({ ...AT_SCREEN, step: { ...RESULT, record: 'another' } }))
  expect(next.state.unsigned).toEqual([OWED])
  for (const kept of [
    stay(AT_SCREEN),
    refuse({ ...AT_SCREEN, step: { kind: 'signIn' } }, 'lateAnswer'),
    stay(BASE),
  ])
    expect(watchSigning(kept)).toBe(kept)
})

test('a signed paper that was seen leaves the list, and the others stay on it', () => {
  const second = { ...SIGNING, record: 'another' }
  const state = { ...BASE, unsigned: [SIGNING, second] }
  const seen = onSignedOnPaper(state, SALE.id)
  expect(seen.state).toMatchObject({
    unsigned: [second],
    message: message('signature.seen'),
    tone: 'confirmed',
  })
  expect(onSignedOnPaper(seen.state, 'another').state.unsigned).toBeUndefined()
  expect(onSignedOnPaper(state, 'nobody').refused).toBe('nothingOwed')
})

test('a reference or date that is none counts as noughts, and of a long reference the last twelve digits', () => {
  expect(featureCode('112', '112120461234')).toBe('20460315')
  expect(featureCode('11223', '112120461234')).toBe('20460315')
  expect(featureCode('1122', '99112120461234')).toBe('31640315')
  expect(featureCode('1122', '1121A0461234')).toBe(featureCode('1122', '112100461234'))
  expect(featureCode('0000', '000000009999')).toBe('00009999')
})
