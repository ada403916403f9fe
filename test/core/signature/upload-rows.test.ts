/** Signatures for the acquirer, row by row: which answer is one, who waits how long, what a person may do about each. */
import { expect, test } from 'vitest'
import { upkeepOf, withUpkeep } from '#core/link/upkeep.ts'
import { message } from '#core/message.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import {
  onSignatureReplied,
  onSignatureUnanswered,
  onUploadTimer,
} from '#core/signature/upload-ended.ts'
import {
  fileSigned,
  givenUp,
  printSigned,
  sendAgain,
  uploadItems,
} from '#core/signature/upload-items.ts'
import {
  dueNow,
  isDue,
  isFull,
  isWaiting,
  queueUpload,
  sendUpload,
  uploadKept,
} from '#core/signature/upload-queue.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { CLOSING } from '../batch/settling.ts'
import { NOON, SETUP } from '../counter.ts'
import { host } from '../link/at-rest.ts'
import { openTerminal } from '../recovery/found-states.ts'

const RULES = { tries: 3, retryMs: 10_000, accepted: ['00', '94'], ownStan: false }
const SHOP = host({ signatureUpload: RULES })
const BASE: TerminalState = { ...openTerminal(), setup: SHOP, at: NOON }
const [PAID] = BASE.recent
if (PAID?.slip == null) throw new Error('nothing was sold')
const SALE = PAID
const FACTS = PAID.slip

const one = (change: Partial<SignatureUpload> = {}): SignatureUpload => ({
  record: SALE.id,
  stan: '000044',
  settlementDate: '1121',
  facts: FACTS,
  tries: 0,
  pauses: 0,
  notBefore: 0,
  reprints: 0,
  ...change,
})
const OTHER = one({ record: '000001-000045', stan: '000045' })
const kept = (...uploads: SignatureUpload[]): TerminalState => ({ ...BASE, uploads })
const out = (...uploads: SignatureUpload[]): TerminalState =>
  withUpkeep(kept(...uploads), { running: 'signature' })

const FIELDS = { '11': '000044', '39': '00', '41': SETUP.terminalNumber }
const reply = (fields: Readonly<Record<string, string>> = FIELDS, record = SALE.id) =>
  ({
    type: 'signatureReplied',
    at: NOON,
    record,
    reply: { mti: '0830', mac: 'absent', fields },
  }) as const
const silent = (sent = true, record = SALE.id) =>
  ({ type: 'signatureUnanswered', at: NOON, record, sent }) as const
const { '39': _word, ...WORDLESS } = FIELDS

test('nobody waits for an answer when none is out, or for that of another', () => {
  for (const state of [kept(one()), out(OTHER), withUpkeep(kept(one()), { running: 'aids' })]) {
    expect(onSignatureReplied(state, reply()).refused).toBe('lateAnswer')
    expect(onSignatureUnanswered(state, silent()).refused).toBe('notAskedFor')
  }
})

test.each([
  ['00', FIELDS, 0, []],
  ['94, it came before', { ...FIELDS, '39': '94' }, 0, []],
  ['a refusal', { ...FIELDS, '39': '25' }, 1, []],
  ['no word', WORDLESS, 1, []],
  ['"sign on again"', { ...FIELDS, '39': '99' }, 1, ['signOn']],
  ['"sign on again" to another', { ...FIELDS, '11': '000045', '39': '99' }, 1, []],
])('answered %s', (_what, fields, left, due) => {
  const { refused, state } = onSignatureReplied(out(one()), reply(fields))
  expect(refused).toBeNull()
  expect(state.uploads?.length ?? 0).toBe(left)
  expect(upkeepOf(state)).toMatchObject({ running: null, due })
  expect(state.recent[0]?.signatureKept).toBe(left === 0 ? 'acquirer' : undefined)
})

test.each([
  ['another type', { mti: '0810' }, {}],
  ['a wrong MAC', { mac: 'bad' as const }, {}],
  ['the number of another', {}, { '11': '000045' }],
  ['another terminal', {}, { '41': '99999999' }],
])(
  'an answer of %s is silence: the others wait too, and the last try says no code',
  (_what, change, fields) => {
    const last = out(one({ tries: 2 }), OTHER)
    const event = reply({ ...FIELDS, ...fields })
    const { state } = onSignatureReplied(last, { ...event, reply: { ...event.reply, ...change } })
    expect(state.uploads).toMatchObject([
      { tries: 3, givenUp: { code: '' } },
      { notBefore: NOON + 10_000 },
    ])
  },
)

test.each([
  ['an answer, not the last try', { tries: 0 }, '25', { tries: 1, pauses: 1 }],
  ['the last try, refused', { tries: 2 }, '25', { tries: 3, givenUp: { code: '25' } }],
  ['the last try, no word', { tries: 2 }, '', { tries: 3, givenUp: { code: '' } }],
])('%s (%j, %s)', (_what, change, code, then) => {
  const fields = code === '' ? WORDLESS : { ...FIELDS, '39': code }
  const [left] = onSignatureReplied(out(one(change), OTHER), reply(fields)).state.uploads ?? []
  expect(left).toMatchObject(then)
  expect(left?.givenUp).toEqual('givenUp' in then ? then.givenUp : undefined)
})

test('silence and a line that is away hold back the others too, a refusal only its own; who waits longer goes on waiting', () => {
  const later = { ...OTHER, notBefore: NOON + 60_000 }
  const third = one({ record: 'r3', stan: '000046' })
  const pauses = (decision: ReturnType<typeof onSignatureReplied>) =>
    decision.state.uploads?.map(({ notBefore }) => Math.max(0, notBefore - NOON))
  const all = out(one(), later, third)
  expect(pauses(onSignatureUnanswered(all, silent()))).toEqual([10_000, 60_000, 10_000])
  expect(pauses(onSignatureUnanswered(all, silent(false)))).toEqual([10_000, 60_000, 10_000])
  expect(pauses(onSignatureReplied(all, reply({ ...FIELDS, '39': '25' })))).toEqual([
    10_000, 60_000, 0,
  ])
})

test.each([
  [0, 10_000],
  [1, 20_000],
  [5, 320_000],
  [6, 600_000],
  [40, 600_000],
])(
  'after %i pauses the next is %i ms; a try that never left counts as a pause alone',
  (pauses, ms) => {
    const { effects, state } = onSignatureUnanswered(out(one({ pauses, tries: 1 })), silent(false))
    expect(effects).toEqual([{ do: 'startTimer', timer: 'signatureUpload', ms }])
    expect(state.uploads).toEqual([one({ pauses: pauses + 1, tries: 1, notBefore: NOON + ms })])
  },
)

test('where the acquirer takes none any more, the next pause is the longest, and the try was the last', () => {
  const { effects, state } = onSignatureReplied({ ...out(one()), setup: SETUP }, reply())
  expect(effects).toEqual([{ do: 'startTimer', timer: 'signatureUpload', ms: 600_000 }])
  expect(state.uploads?.[0]?.givenUp).toEqual({ code: '00' })
})

test('a pause is over when something may leave', () => {
  expect(onUploadTimer(kept(one({ notBefore: NOON + 1 }), one())).refused).toBeNull()
  expect(onUploadTimer(kept(one({ notBefore: NOON + 1 }))).refused).toBe('timerNotRunning')
  expect(onUploadTimer(kept(one({ givenUp: { code: '' } }))).refused).toBe('timerNotRunning')
})

test('the oldest that may leave leaves, and only where there are keys and somebody takes it', () => {
  const state = kept(one({ notBefore: NOON + 1 }), OTHER)
  const sent = sendUpload(state)
  expect(sent?.effects).toEqual([{ do: 'sendSignature', upload: OTHER, prints: 2 }])
  expect(sent && upkeepOf(sent.state).running).toBe('signature')
  for (const none of [
    { ...state, keysReady: false },
    { ...state, setup: SETUP },
    kept(one({ notBefore: NOON + 1 })),
    BASE,
  ])
    expect(sendUpload(none)).toBeNull()
})

test('a pause is over at its time, and one longer than any was begun by a clock in the future', () => {
  const due = [0, 1, 600_000, 600_001].map((ms) => isDue(BASE, one({ notBefore: NOON + ms })))
  expect(due).toEqual([true, false, false, true])
})

test('papers that are out: the copies and what was printed again, without what still waits', () => {
  const prints = (reprints: number, open: number) => {
    const slips = BASE.slips.map((job, at) =>
      at < open ? { ...job, state: 'owed' as const } : job,
    )
    // That of another payment says nothing of this one.
    const others = slips.map((job) => ({ ...job, record: 'another', state: 'owed' as const }))
    const state = { ...kept(one({ reprints })), slips: [...slips, ...others] }
    const [effect] = sendUpload(state)?.effects ?? []
    return effect?.do === 'sendSignature' ? effect.prints : null
  }
  expect([prints(0, 0), prints(1, 0), prints(0, 1), prints(0, 2)]).toEqual([2, 3, 1, 0])
})

test('it is kept where the acquirer takes one, behind the others, under the number that it wants', () => {
  const signed = { record: SALE.id, settlementDate: '1121', facts: FACTS }
  const own = queueUpload(
    { ...kept(OTHER), setup: host({ signatureUpload: { ...RULES, ownStan: true } }) },
    signed,
  )
  expect(own.uploads?.map(({ stan }) => stan)).toEqual(['000045', '000003'])
  expect(own.counters.stan).toBe(BASE.counters.stan + 1)
  const same = queueUpload(BASE, signed)
  expect(same.uploads).toEqual([one({ stan: FACTS.trace })])
  expect(same.counters).toEqual(BASE.counters)
  const none = { ...BASE, setup: SETUP }
  expect(queueUpload(none, signed)).toBe(none)
})

test('twenty are kept and no more', () => {
  const many = (count: number) => kept(...Array.from({ length: count }, () => OTHER))
  expect([isFull(BASE), isFull(many(19)), isFull(many(20))]).toEqual([false, false, true])
})

test('some are waited for while one of them may still leave; a settlement lets all of them go at once', () => {
  const ended = one({ givenUp: { code: '' }, notBefore: NOON + 1 })
  expect([isWaiting(BASE), isWaiting(kept(ended)), isWaiting(kept(ended, OTHER))]).toEqual([
    false,
    false,
    true,
  ])
  const paused = { ...OTHER, notBefore: NOON + 1 }
  expect(dueNow(kept(ended, paused)).uploads).toEqual([{ ...ended, notBefore: 0 }, OTHER])
  expect(givenUp(kept(OTHER, ended))).toEqual([ended])
})

test('what is kept elsewhere leaves the queue, and its payment says where, as long as it is at hand', () => {
  const upload = one()
  const before = { ...SALE, id: 'another' }
  const state0 = { ...kept(OTHER, upload), recent: [before, SALE] }
  const { effects, state } = uploadKept(state0, upload, 'shop')
  const record = { ...SALE, signatureKept: 'shop' as const }
  expect(state).toMatchObject({ uploads: [OTHER], recent: [before, record] })
  expect(state.recent[0]).toBe(before)
  expect(effects).toEqual([{ do: 'keepRecord', record }])
  const gone = uploadKept({ ...kept(upload), recent: [] }, upload, 'acquirer')
  expect([gone.state.uploads, gone.effects]).toEqual([undefined, []])
})

test.each<[Partial<SignatureUpload>, string | null, readonly string[]]>([
  [{}, null, []],
  [{ pauses: 1 }, 'signature.notThere', ['sendSignature']],
  [
    { pauses: 1, givenUp: { code: '' } },
    'signature.unanswered',
    ['sendSignature', 'printSigned', 'signatureFiled'],
  ],
  [
    { pauses: 1, givenUp: { code: '25' } },
    'signature.refused',
    ['sendSignature', 'printSigned', 'signatureFiled'],
  ],
])('on the open list %j is %s, with %j', (change, key, options) => {
  const [item] = uploadItems(kept(one(change)))
  const code = change.givenUp?.code ?? ''
  const params = { trace: FACTS.trace, ...(code === '' ? {} : { code }) }
  expect(item).toEqual(
    key === null
      ? undefined
      : { id: `signature-${SALE.id}`, message: message(key, params), options },
  )
})

const ITEM = `signature-${SALE.id}`

test('a person sends again what was tried, prints and files what is given up, and nothing else', () => {
  const ended = one({ pauses: 1, tries: 3, notBefore: NOON + 1, givenUp: { code: '25' } })
  const again = sendAgain(kept(OTHER, ended), ITEM).state.uploads
  expect(again).toEqual([OTHER, one({ pauses: 1 })])
  expect(sendAgain(kept(one()), ITEM).refused).toBe('nothingOwed')
  expect(sendAgain(kept(ended), SALE.id).refused).toBe('nothingOwed')
  const tried = kept(one({ pauses: 1 }))
  for (const act of [printSigned, fileSigned]) {
    expect(act(tried, ITEM).refused).toBe('nothingOwed')
    expect(act(kept(ended), SALE.id).refused).toBe('nothingOwed')
  }
  const printed = printSigned(kept(OTHER, { ...ended, reprints: 1 }), ITEM)
  expect(printed.state.uploads).toEqual([OTHER, { ...ended, reprints: 2 }])
  expect(printed.state.slips.at(-1)).toMatchObject({
    record: SALE.id,
    state: 'printing',
    slip: { copy: 'merchant', mark: { kind: 'reprint', number: 2 } },
  })
  const filed = fileSigned(kept(OTHER, ended), ITEM)
  expect(filed.state).toMatchObject({
    uploads: [OTHER],
    message: message('signature.filed'),
    tone: 'confirmed',
    recent: [{ signatureKept: 'shop' }],
  })
  expect(filed.effects.map((effect) => effect.do)).toEqual(['keepRecord'])
})

test('where the acquirer takes none any more, a signature is printed and filed, and not sent', () => {
  const ended = { ...kept(one({ pauses: 1, givenUp: { code: '' } })), setup: SETUP }
  expect(uploadItems(ended)[0]?.options).toEqual(['printSigned', 'signatureFiled'])
  expect(sendAgain(ended, ITEM).refused).toBe('nothingOwed')
})

test('an answer while a batch is closed asks for keys behind it', () => {
  const state = { ...out(one()), settlement: CLOSING }
  const { effects, state: after } = onSignatureReplied(state, reply({ ...FIELDS, '39': 'A0' }))
  expect(upkeepOf(after).due).toEqual(['signOn'])
  expect(effects.map((effect) => effect.do)).toEqual(['startTimer'])
})
