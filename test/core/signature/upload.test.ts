/** Signatures for the acquirer: when one leaves, what an answer or none makes of it, and that none is ever dropped silently. */
import { describe, expect, test } from 'vitest'
import { openItems } from '#core/counter/open-items.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import { UPLOADS_LIMIT } from '#core/signature/upload.ts'
import { sendAgain } from '#core/signature/upload-items.ts'
import { isDue } from '#core/signature/upload-queue.ts'
import { pageName } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

const RULES = { tries: 2, retryMs: 10_000, accepted: ['00', '94'], ownStan: false }

function shop(rules: Setup['host']['signatureUpload'] | null = RULES): Counter {
  const host = { ...SETUP.host, ...(rules === null ? {} : { signatureUpload: rules }) }
  const counter = counterFrom(initialState(), {
    ...SETUP,
    signature: { timeoutMs: 60_000 },
    host,
  })
  counter.open()
  return counter
}

/** A sale whose slip is to be signed, approved. */
function paid(counter: Counter): string {
  counter.ask(38)
  counter.presentCard({ interface: 'stripe' })
  const { step } = counter.state()
  if (step.kind === 'pin') counter.tell({ type: 'pinEntered', stan: step.attempt.stan })
  counter.reply({ '15': '1122', '37': '112120461234' })
  const shown = counter.state().step
  return shown.kind === 'result' ? shown.record : ''
}

function sign(counter: Counter): string {
  const record = paid(counter)
  counter.tell({ type: 'signatureGiven', record, ink: 'AAAA' })
  return record
}

/** On the way to the acquirer. */
function sent(rules?: Setup['host']['signatureUpload']): {
  readonly counter: Counter
  readonly record: string
} {
  const counter = shop(rules)
  return { counter, record: sign(counter) }
}

const queue = (counter: Counter): readonly SignatureUpload[] => counter.state().uploads ?? []
const first = (counter: Counter): SignatureUpload | undefined => queue(counter)[0]
function answer(counter: Counter, record: string, code: string, fields = {}): void {
  const own = { '11': first(counter)?.stan ?? '', '41': SETUP.terminalNumber, '39': code }
  const reply = { mti: '0830', mac: 'absent' as const, fields: { ...own, ...fields } }
  counter.tell({ type: 'signatureReplied', record, reply })
}
const silence = (counter: Counter, record: string, isSent = true): void =>
  void counter.tell({ type: 'signatureUnanswered', record, sent: isSent })
const fire = (counter: Counter): void =>
  void counter.tell({ type: 'timerFired', timer: 'signatureUpload' })
const items = (counter: Counter) => openItems(counter.state()).map(({ message }) => message.key)
function choose(counter: Counter, option: string): void {
  const item = openItems(counter.state()).find(({ options }) => options.includes(option))
  const page = pageName(counter.state())
  counter.tell({ type: 'optionChosen', page, option, item: item?.id ?? '' })
}
function toOpenItems(counter: Counter): void {
  counter.press('cancel')
  counter.press('menu')
  choose(counter, 'openItems')
  expect(counter.step()).toBe('openItems')
}

describe('on its way', () => {
  test('signed on the screen: it leaves with its code, its lines and what stands on the slip', () => {
    const counter = shop()
    const record = paid(counter)
    const effects = counter.tell({ type: 'signatureGiven', record, ink: 'AAAA' })
    expect(counter.dos()).toEqual(['stopTimer', 'keepRecord', 'print', 'sendSignature'])
    const effect = effects.find((one) => one.do === 'sendSignature')
    expect(effect).toMatchObject({
      prints: 0,
      upload: {
        stan: '000002',
        settlementDate: '1122',
        facts: { trace: '000002', signature: { code: '31640315', ink: 'AAAA' } },
      },
    })
    expect(items(counter)).toEqual([])
  })

  test.each(['00', '94'])('answered %s: it is there, and nothing of it is kept', (code) => {
    const { counter, record } = sent()
    answer(counter, record, code)
    expect(counter.state().uploads).toBeUndefined()
    expect(items(counter)).toEqual([])
  })

  test('with a number of its own where the acquirer wants that, the same at every try', () => {
    const { counter, record } = sent({ ...RULES, ownStan: true })
    const stan = first(counter)?.stan
    expect(stan).not.toBe('000002')
    silence(counter, record)
    counter.pass(10_000)
    fire(counter)
    expect(counter.dos()).toContain('sendSignature')
    expect(first(counter)?.stan).toBe(stan)
  })

  test('a customer is about to pay: it waits until nobody does', () => {
    const { counter, record } = sent()
    silence(counter, record)
    counter.press('cancel')
    counter.ask(25)
    counter.pass(10_000)
    fire(counter)
    expect(counter.dos()).toEqual([])
    counter.press('cancel')
    expect(counter.dos()).toContain('sendSignature')
  })

  test('an acquirer that takes none: nothing is kept and nothing leaves', () => {
    const counter = shop(null)
    sign(counter)
    expect(counter.dos()).not.toContain('sendSignature')
    expect(counter.state().uploads).toBeUndefined()
  })
})

describe('not taken', () => {
  test('no answer: the open list names it, and it goes again after a pause that grows', () => {
    const { counter, record } = sent({ ...RULES, tries: 5 })
    silence(counter, record)
    expect(items(counter)).toEqual(['signature.notThere'])
    expect(first(counter)).toMatchObject({ tries: 1, notBefore: counter.state().at + 10_000 })
    counter.pass(9_000)
    fire(counter)
    expect(counter.dos()).toEqual([])
    counter.pass(1_000)
    fire(counter)
    expect(counter.dos()).toEqual(['sendSignature'])
    silence(counter, record)
    expect(first(counter)?.notBefore).toBe(counter.state().at + 20_000)
  })

  test('not a byte left: no try is counted, and the list names it all the same', () => {
    const { counter, record } = sent({ ...RULES, tries: 1 })
    silence(counter, record, false)
    expect(first(counter)).toMatchObject({ tries: 0, pauses: 1 })
    expect(items(counter)).toEqual(['signature.notThere'])
    expect(counter.state().link).toBe('up')
  })

  test('refused to the last try: it is not sent any more, and a person is asked', () => {
    const { counter, record } = sent()
    answer(counter, record, '25')
    counter.pass(10_000)
    fire(counter)
    answer(counter, record, '25')
    expect(first(counter)?.givenUp).toEqual({ code: '25' })
    expect(items(counter)).toEqual(['signature.refused'])
    counter.pass(600_000)
    fire(counter)
    expect(counter.dos()).toEqual([])
  })

  test('the host has lost its keys: the terminal signs on, and the signature follows', () => {
    const { counter, record } = sent({ ...RULES, tries: 5 })
    answer(counter, record, 'A0')
    expect(counter.dos()).toContain('signOn')
    counter.tell({ type: 'signedOn', batch: '000001' })
    counter.pass(10_000)
    fire(counter)
    expect(counter.dos()).toContain('sendSignature')
  })

  test.each([
    ['of another message type', '00', { mti: '0810' }],
    ['with a wrong MAC', '00', { mac: 'bad' as const }],
  ])('an answer %s is none', (_, code, wrong) => {
    const { counter, record } = sent()
    const fields = { '11': '000002', '41': SETUP.terminalNumber, '39': code }
    const reply = { mti: '0830', mac: 'absent' as const, fields, ...wrong }
    counter.tell({ type: 'signatureReplied', record, reply })
    expect(first(counter)?.tries).toBe(1)
  })

  test.each([
    ['another number', { '11': '000009' }],
    ['another terminal', { '41': '99999999' }],
  ])('an answer that names %s is none', (_, fields) => {
    const { counter, record } = sent()
    answer(counter, record, '00', fields)
    expect(first(counter)?.tries).toBe(1)
  })

  test('a late answer, when nothing is out, changes nothing', () => {
    const { counter, record } = sent()
    silence(counter, record)
    const before = counter.state().uploads
    answer(counter, record, '00')
    expect(counter.state().uploads).toEqual(before)
  })

  test('silence holds back the others too, but a refusal only its own', () => {
    const counter = shop()
    const record = sign(counter)
    counter.press('cancel')
    const second = sign(counter)
    expect(queue(counter)).toHaveLength(2)
    answer(counter, record, '25')
    expect(counter.dos()).toContain('sendSignature')
    silence(counter, second)
    expect(queue(counter).every(({ notBefore }) => notBefore > counter.state().at)).toBe(true)
  })
})

describe('on the open list', () => {
  function givenUp(): Counter {
    const { counter, record } = sent({ ...RULES, tries: 1 })
    silence(counter, record)
    expect(items(counter)).toEqual(['signature.unanswered'])
    toOpenItems(counter)
    return counter
  }

  test('sent again by hand it starts from the beginning', () => {
    const counter = givenUp()
    choose(counter, 'sendSignature')
    expect(counter.dos()).toContain('sendSignature')
    expect(first(counter)).toMatchObject({ tries: 0 })
    expect(first(counter)?.givenUp).toBeUndefined()
  })

  test('the signed copy is printed again with its lines, marked as a reprint', () => {
    const counter = givenUp()
    choose(counter, 'printSigned')
    const job = counter.state().slips.at(-1)
    expect(job?.slip).toMatchObject({
      copy: 'merchant',
      mark: { kind: 'reprint', number: 1 },
      facts: { signature: { ink: 'AAAA' } },
    })
    expect(items(counter)).toContain('signature.unanswered')
  })

  test('a person files the signed paper, and only then is it forgotten', () => {
    const counter = givenUp()
    choose(counter, 'signatureFiled')
    expect([counter.state().uploads, counter.said()]).toEqual([undefined, 'signature.filed'])
  })

  test('one that is still being tried can be sent at once, but not filed away', () => {
    const { counter, record } = sent()
    silence(counter, record)
    expect(openItems(counter.state())).toContainEqual(
      expect.objectContaining({ options: ['sendSignature'] }),
    )
  })
})

test('no room for another: the next customer signs on paper, and that is on the list', () => {
  const counter = shop()
  const record = sign(counter)
  silence(counter, record, false)
  counter.press('cancel')
  const [one] = queue(counter)
  if (one === undefined) throw new Error('nothing is kept')
  const full = Array.from({ length: UPLOADS_LIMIT }, (_, at) => ({ ...one, record: `r${at}` }))
  const crowded = counterFrom({ ...counter.state(), uploads: full }, counter.state().setup)
  paid(crowded)
  expect(crowded.state().signing).toBeUndefined()
  expect(crowded.state().unsigned).toHaveLength(1)
})

test('a pause that was begun by a clock in the future is over', () => {
  const { counter, record } = sent()
  silence(counter, record)
  const [paused] = queue(counter)
  if (paused === undefined) throw new Error('nothing is kept')
  const at = counter.state().at
  const due = (notBefore: number) => isDue({ ...counter.state(), at }, { ...paused, notBefore })
  expect([due(at), due(at + 1), due(at + 600_000), due(at + 600_001)]).toEqual([
    true,
    false,
    false,
    true,
  ])
})

describe('a power cut', () => {
  test('while it is out: it goes again behind the sign-on, under the same number', () => {
    const { counter } = sent()
    const stan = first(counter)?.stan
    counter.restart()
    counter.tell({ type: 'signedOn', batch: '000001' })
    expect(counter.dos()).toContain('sendSignature')
    expect(first(counter)?.stan).toBe(stan)
  })

  test('in a pause: the pause is over', () => {
    const { counter, record } = sent()
    silence(counter, record)
    counter.restart()
    counter.tell({ type: 'signedOn', batch: '000001' })
    expect(counter.dos()).toContain('sendSignature')
  })

  test('and the acquirer is set up to take none any more: a person is asked', () => {
    const { counter } = sent()
    const { signatureUpload: _, ...host } = counter.state().setup.host
    const later = counterFrom(counter.state(), { ...counter.state().setup, host })
    later.restart()
    expect(items(later)).toContain('signature.unanswered')
    // To be filed, not to be sent: nobody would ever take it.
    const item = openItems(later.state()).find(({ id }) => id.startsWith('signature-'))
    expect(item?.options).toEqual(['printSigned', 'signatureFiled'])
    expect(sendAgain(later.state(), item?.id ?? '').refused).toBe('nothingOwed')
  })
})

describe('a settlement', () => {
  function settling(signatures: number): { counter: Counter; records: readonly string[] } {
    const counter = shop()
    const records = Array.from({ length: signatures }, () => {
      const record = sign(counter)
      silence(counter, record, false)
      counter.press('cancel')
      return record
    })
    for (const { slip } of counter.state().slips) {
      counter.tell({ type: 'timerFired', timer: 'tear' })
      const outcome = { kind: 'printed' as const, proof: 'processId' as const }
      counter.tell({ type: 'printEnded', job: slip.job, outcome })
    }
    counter.press('menu')
    choose(counter, 'settle')
    const { step } = counter.state()
    const lines = [
      {
        stan: '000002',
        kind: 'sale' as const,
        amountMinor: counter.state().recent[0]?.paidMinor,
        channel: 'card',
        isForeign: false,
      },
    ].flatMap(({ amountMinor, ...line }) =>
      amountMinor === undefined ? [] : [{ ...line, amountMinor }],
    )
    if (step.kind === 'totals')
      counter.tell({
        type: 'batchGathered',
        page: pageName(counter.state()),
        batch: step.batch,
        lines,
      })
    counter.press('confirm')
    expect(counter.state().settlement?.phase).toBe('signatures')
    return { counter, records }
  }

  test('sends every signature first, whatever pause it was in, and then the totals', () => {
    const { counter, records } = settling(2)
    expect(counter.dos()).toContain('sendSignature')
    answer(counter, records[0] ?? '', '00')
    expect(counter.dos()).toEqual(['keepRecord', 'sendSignature'])
    answer(counter, records[1] ?? '', '00')
    expect(counter.dos()).toContain('sendBatch')
    expect(counter.state()).toMatchObject({ settlement: { phase: 'totals' } })
    expect(counter.state().uploads).toBeUndefined()
  })

  test('does not wait for a line that is silent: the totals go, and the signatures stay on the list', () => {
    const { counter, records } = settling(2)
    silence(counter, records[0] ?? '')
    expect(counter.dos()).toContain('sendBatch')
    expect(queue(counter)).toHaveLength(2)
    expect(items(counter).filter((key) => key === 'signature.notThere')).toHaveLength(2)
  })

  test('a refusal of one does not keep back the others', () => {
    const { counter, records } = settling(2)
    answer(counter, records[0] ?? '', '25')
    expect(counter.dos()).toContain('sendSignature')
    answer(counter, records[1] ?? '', '00')
    expect(counter.state().settlement?.phase).toBe('totals')
  })

  test('power lost meanwhile: signature and totals follow behind the sign-on', () => {
    const { counter, records } = settling(1)
    counter.restart()
    counter.tell({ type: 'signedOn', batch: '000001' })
    expect(counter.dos()).toContain('sendSignature')
    answer(counter, records[0] ?? '', '00')
    expect(counter.dos()).toContain('sendBatch')
  })

  test('one that was given up wants a second person, like a paper that is not signed', () => {
    const { counter, record } = sent({ ...RULES, tries: 1 })
    silence(counter, record)
    for (const { slip } of counter.state().slips) {
      counter.tell({ type: 'timerFired', timer: 'tear' })
      const outcome = { kind: 'printed' as const, proof: 'processId' as const }
      counter.tell({ type: 'printEnded', job: slip.job, outcome })
    }
    counter.press('cancel')
    counter.press('menu')
    choose(counter, 'settle')
    const { step } = counter.state()
    const lines = counter.state().recent.map(({ paidMinor }) => ({
      stan: '000002',
      kind: 'sale' as const,
      amountMinor: paidMinor,
      channel: 'card',
      isForeign: false,
    }))
    if (step.kind === 'totals')
      counter.tell({
        type: 'batchGathered',
        page: pageName(counter.state()),
        batch: step.batch,
        lines,
      })
    counter.press('confirm')
    expect([counter.step(), counter.said()]).toEqual(['approveBatch', 'settle.signaturesOpen'])
  })
})
