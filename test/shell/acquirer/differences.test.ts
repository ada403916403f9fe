/** Each thing that acquirers are known to differ in, set on the terminal and insisted on by a host of its own. */
import { describe, expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { UNIONPAY_FRAME } from '#iso8583/frame.ts'
import type { AcquirerSettings } from '#shell/acquirer/acquirer.ts'
import type { FieldChoices } from '#shell/acquirer/fields.ts'
import { TAPPED_CARD } from '../../core/counter.ts'
import type { AcquirerOptions } from '../../rig/acquirer/acquirer.ts'
import type { Demands } from '../../rig/acquirer/host/demands.ts'
import { codeSale, openLink, startHost, type TerminalLink, USUAL_CHOICES } from './bench.ts'

const FORMAT_ERROR = '30'

type Ask = (link: TerminalLink) => Promise<string>
type Row = {
  readonly what: string
  readonly choices: Partial<FieldChoices>
  readonly demands: Demands
  readonly ask: Ask
}

const rows: readonly Row[] = [
  {
    what: '60.3 of financial messages',
    choices: { financialManagementCode: '111' },
    demands: { financialManagementCode: '111' },
    ask: sell,
  },
  {
    what: '60.6 and 60.7',
    choices: { controlField: { stripeCapability: '2', tail: '0000' } },
    demands: { controlTail: '0000' },
    ask: sell,
  },
  {
    what: '60.4 of a swiped card',
    choices: { controlField: { stripeCapability: '5', tail: '' } },
    demands: { stripeCapability: '5' },
    ask: (link) => reverse(link, { entryMode: '022' }),
  },
  {
    what: '63.1 of a refund',
    choices: { cardOrganization: 'CUP' },
    demands: { cardOrganization: 'CUP' },
    ask: refund,
  },
  {
    what: 'the operator of a sign-on with zeros',
    choices: { operatorField: 'zeros' },
    demands: { operator: '001' },
    ask: signOn,
  },
  {
    what: 'no operator in a sign-on',
    choices: { operatorField: 'absent' },
    demands: { operator: null },
    ask: signOn,
  },
  {
    what: 'a bare serial number in a sign-on',
    choices: { serialField: 'bare' },
    demands: { serial: 'ST0000000001' },
    ask: signOn,
  },
  {
    what: 'no serial number in a sign-on',
    choices: { serialField: 'absent' },
    demands: { serial: null },
    ask: signOn,
  },
  {
    what: 'the operator of a settlement',
    choices: { operatorField: 'zeros' },
    demands: { operator: '001' },
    ask: settle,
  },
  ...(['A0', '96', '06'] as const).map((reason) => ({
    what: `reason 98 in the place of ${reason}`,
    choices: reversing({ reasons: { '98': '98', A0: '98', '96': '98', '06': '98' } }),
    demands: { reversal: { reason: '98' } },
    ask: (link: TerminalLink) => reverse(link, { reason }),
  })),
  {
    what: 'batch, STAN and date in the reversal of a sale',
    choices: reversing({ originalData: 'batchStanAndDate' }),
    demands: { reversal: { ownDataDigits: 16 } },
    ask: (link) => reverse(link),
  },
  {
    what: 'its own batch and STAN in the reversal of a void',
    choices: reversing({ followUpData: 'batchAndStan' }),
    demands: { reversal: { followUpOwnData: true } },
    ask: (link) => reverse(link, { kind: 'void', originalData: '000001000009' }),
  },
  {
    what: 'DE 53 in the reversal of a void',
    choices: { ...reversing({ securityControl: true }), securityKeyDigit: '4' },
    demands: { securityKeyDigit: '4', reversal: { securityControl: true } },
    ask: (link) => reverse(link, { kind: 'void', originalData: '000001000009' }),
  },
  {
    what: 'a reversal without chip data',
    choices: reversing({ chipData: false }),
    demands: { reversal: { chipData: false } },
    ask: (link) => reverse(link, { emv: '9505000000000095' }),
  },
]

describe.each(rows)('an acquirer that wants $what', ({ choices, demands, ask }) => {
  const host = () => startHost({ demands })

  test('is satisfied by a terminal that is set so', async () => {
    const link = openLink({
      ports: [(await host()).port],
      choices: { ...USUAL_CHOICES, ...choices },
    })
    expect(await ask(link)).not.toBe(FORMAT_ERROR)
  })

  test('refuses a terminal that is not, so that the test above says something', async () => {
    const link = openLink({ ports: [(await host()).port] })
    expect(await ask(link)).toBe(FORMAT_ERROR)
  })
})

const lengths: readonly {
  readonly what: string
  readonly length: NonNullable<AcquirerSettings['framing']['length']>
  readonly form: Pick<
    NonNullable<AcquirerOptions['form']>,
    'lengthBytes' | 'lengthEncoding' | 'countsItself'
  >
}[] = [
  {
    what: 'two binary bytes that count themselves',
    length: { width: 2, encoding: 'binary', inclusive: true },
    form: { lengthBytes: 2, lengthEncoding: 'binary', countsItself: true },
  },
  {
    what: 'two BCD bytes',
    length: { width: 4, encoding: 'bcd', inclusive: false },
    form: { lengthBytes: 2, lengthEncoding: 'bcd', countsItself: false },
  },
  {
    what: 'four ASCII digits',
    length: { width: 4, encoding: 'ascii', inclusive: false },
    form: { lengthBytes: 4, lengthEncoding: 'ascii', countsItself: false },
  },
  {
    what: 'four binary bytes that count themselves',
    length: { width: 4, encoding: 'binary', inclusive: true },
    form: { lengthBytes: 4, lengthEncoding: 'binary', countsItself: true },
  },
]

test.each(lengths)('a message may stand behind $what', async ({ length, form }) => {
  const host = await startHost({ form: { ...form, tpdu: true, header: true } })
  const link = openLink({ ports: [host.port], framing: { ...UNIONPAY_FRAME, length } })
  expect(await sell(link)).toBe('00')
})

test.each([
  { tpdu: false, header: true },
  { tpdu: true, header: false },
  { tpdu: false, header: false },
])('a message may go with TPDU $tpdu and header $header', async (parts) => {
  const form = { lengthBytes: 2, lengthEncoding: 'binary', countsItself: false, ...parts } as const
  const host = await startHost({ form })
  const link = openLink({
    ports: [host.port],
    tpdu: parts.tpdu ? '6000030000' : '',
    header: parts.header ? '603100311000' : '',
    framing: {
      ...UNIONPAY_FRAME,
      tpduBytes: parts.tpdu ? 5 : 0,
      headerBytes: parts.header ? 6 : 0,
    },
  })
  expect(await sell(link)).toBe('00')
})

test('a refusal with a junk MAC is no answer, or is one where the acquirer is known for junk', async () => {
  const host = await startHost()
  const strict = openLink({ ports: [host.port] })
  await strict.signOn()
  const lenient = openLink({ ports: [host.port], keys: strict.keys, macCountsFor: ['00'] })
  host.setFault({ kind: 'wrongMac', times: 3, mti: '0200' })
  const broke = (stan: string) => codeSale(stan, 9_000_000)
  const judged = async (link: TerminalLink, { attempt, held }: ReturnType<typeof codeSale>) => {
    const outcome = await link.acquirer.sell(attempt, held)
    return outcome.kind === 'replied'
      ? [outcome.reply.fields['39'], outcome.reply.mac]
      : outcome.kind
  }
  expect(await judged(strict, broke('000002'))).toEqual(['61', 'bad'])
  expect(await judged(lenient, broke('000003'))).toEqual(['61', 'absent'])
  // An approval with a wrong MAC is never let through.
  expect(await judged(lenient, codeSale('000004'))).toEqual(['00', 'bad'])
})

async function signOn(link: TerminalLink): Promise<string> {
  const outcome = await link.acquirer.signOn({ stan: '000001', batch: '000001', operator: '01' })
  return outcome.type === 'signedOn' ? '00' : outcome.code
}

async function sell(link: TerminalLink): Promise<string> {
  await link.signOn()
  const { attempt, held } = codeSale('000002')
  return codeOf(await link.acquirer.sell(attempt, held))
}

async function settle(link: TerminalLink): Promise<string> {
  const signedOn = await signOn(link)
  if (signedOn !== '00') return signedOn
  const totals = '0'.repeat(62)
  const message = { stan: '000002', batch: '000001', operator: '01', totals } as const
  return codeOf(await link.acquirer.settle({ ...message, mti: '0500', management: '201' }))
}

async function refund(link: TerminalLink): Promise<string> {
  await link.signOn()
  const { attempt } = codeSale('000003')
  const order = { ...attempt.order, kind: 'refund', original: SALE_RECORD } as const
  return codeOf(await link.acquirer.repeat({ ...attempt, order }, null))
}

const SALE_RECORD: TransactionRecord = {
  id: '000001-000002',
  kind: 'sale',
  orderId: 1,
  at: 0,
  outcome: 'approved',
  reason: '00',
  dueMinor: minor(3850),
  paidMinor: minor(3850),
  channel: 'card',
  last4: '0012',
  fingerprint: '',
  operator: '01',
  stan: '000002',
  batch: '000001',
  authCode: '',
  reference: '1',
  hostDate: '1121',
  original: '',
  approver: '',
  closedBy: '',
  refundedMinor: minor(0),
  slip: null,
  reprints: 0,
}

async function reverse(link: TerminalLink, change: Partial<Reversal> = {}): Promise<string> {
  await link.signOn()
  const owed: Reversal = { ...armReversal(cardSale()), hasPan: false, ...change }
  return codeOf(await link.acquirer.reverse(owed, null))
}

function cardSale(): Attempt {
  const { attempt } = codeSale('000002')
  return { ...attempt, tender: { kind: 'card', card: TAPPED_CARD } }
}

function reversing(change: Partial<FieldChoices['reversal']>): Partial<FieldChoices> {
  return { reversal: { ...USUAL_CHOICES.reversal, ...change } }
}

function codeOf(outcome: Awaited<ReturnType<TerminalLink['acquirer']['sell']>>): string {
  return outcome.kind === 'replied' ? (outcome.reply.fields['39'] ?? 'none') : outcome.kind
}
