import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import { toHex } from '#crypto/hex.ts'
import { UNIONPAY_FRAME } from '#iso8583/frame.ts'
import { type FieldChoices, USUAL_PAYMENT_CODE } from '#shell/acquirer/fields.ts'
import { requestFields } from '#shell/acquirer/request-fields.ts'
import { reversalFields } from '#shell/acquirer/reversal-fields.ts'
import type { Held } from '#shell/custody/custody.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { TAPPED_CARD } from '../../core/counter.ts'
import { codeSale, openKeys, openLink, startHost, USUAL_CHOICES } from './bench.ts'
import { startScriptedHost } from './scripted-host.ts'

const NUMBERS = { terminalNumber: '10000001', merchantNumber: '898100012345678', currency: '156' }

test.each(['12', '06'] as const)(
  'a PIN goes with a maximum length of %s when the acquirer wants that',
  (length) => {
    const { attempt, held } = pinSale()
    const fields = requestFields(choosing({ maximumPinLength: length }), attempt, held)
    expect(fields['26']).toBe(length)
  },
)

test('a payment by code, the question after it and its reversal go as another acquirer has them', async () => {
  const keys = openKeys()
  const real = await startHost()
  await openLink({ ports: [real.port], keys }).signOn()
  const host = await startScriptedHost()
  const paymentCode = {
    field: '57',
    layout: 'tagged',
    tag: 'PB51A2',
    processingCode: '190000',
    conditionCode: '91',
    entryMode: '920',
    capability: '5',
  } as const
  const codeQuery = {
    mti: '0200',
    processingCode: '330000',
    type: '03',
    replyTimeoutMs: 500,
  } as const
  const choices = { ...USUAL_CHOICES, paymentCode }
  const link = openLink({ ports: [host.port], keys, choices, codeQuery })
  const seen: Readonly<Record<string, string>>[] = []
  host.onRequest = (request, line) => {
    const read = link.dialect.unpack(request.subarray(11))
    if (read.ok) seen.push({ ...read.message.fields })
    line.destroy()
  }
  const { attempt, held, reversal } = codeSale('000002')
  await link.acquirer.sell(attempt, held)
  await link.acquirer.query({ batch: '000001', stan: '000003', original: reversal })
  await link.acquirer.reverse(reversal, null)
  const own = { '22': '920', '25': '91', '60': expect.stringMatching(/^.{11}5/) }
  expect(seen).toMatchObject([
    { ...own, '3': '190000', '57': 'PB51A2018280000000000000002' },
    { ...own, '3': '330000' },
    { ...own, '3': '190000', '39': '98' },
  ])
  expect(seen.map((fields) => fields['59'])).toEqual([undefined, undefined, undefined])
})

test('60.3 of a financial message is what the acquirer wants, in the reversal too', () => {
  const { attempt, held } = pinSale()
  const settings = choosing({ financialManagementCode: '111' })
  expect(String(requestFields(settings, attempt, held)['60']).slice(8, 11)).toBe('111')
  expect(String(reversalFields(settings, armReversal(attempt), null)['60']).slice(8, 11)).toBe(
    '111',
  )
})

test.each([
  ['a chip card that was swiped', '201', '2'],
  ['a card without a chip', '101', '0'],
] as const)('60.5 of %s, in the reversal too', (_what, serviceCode, condition) => {
  const { attempt, held } = pinSale()
  const card = { ...TAPPED_CARD, interface: 'stripe' as const, serviceCode }
  const swiped: Attempt = { ...attempt, tender: { kind: 'card', card } }
  const settings = choosing({})
  expect(String(requestFields(settings, swiped, held)['60']).slice(12, 13)).toBe(condition)
  const reversed = reversalFields(settings, armReversal(swiped), null)
  expect(String(reversed['60']).slice(12, 13)).toBe(condition)
})

test.each([
  ['tagged', 'A3018280000000000000002'],
  ['bare', '280000000000000002'],
] as const)('a payment code goes %s', (layout, expected) => {
  const { attempt, held } = codeSale('000002')
  const settings = choosing({ paymentCode: { ...USUAL_PAYMENT_CODE, layout } })
  const value = requestFields(settings, attempt, held)['59']
  expect(new TextDecoder().decode(value instanceof Uint8Array ? value : new Uint8Array(0))).toBe(
    expected,
  )
})

test.each([
  ['absent', undefined],
  ['batchAndStan', '000001000002'],
  ['batchStanAndDate', '0000010000020000'],
] as const)('DE 61 of a reversal of a sale: %s', (originalData, expected) => {
  const reversal = { ...USUAL_CHOICES.reversal, originalData }
  expect(reversalFields(choosing({ reversal }), armReversal(pinSale().attempt), null)['61']).toBe(
    expected,
  )
})

test('DE 38 of a reversal: only when it is known and wanted', () => {
  const owed = armReversal(pinSale().attempt)
  const wanted = choosing({ reversal: { ...USUAL_CHOICES.reversal, authCode: true } })
  expect(reversalFields(wanted, { ...owed, authCode: 'A12345' }, null)['38']).toBe('A12345')
  expect(reversalFields(wanted, owed, null)['38']).toBeUndefined()
  expect(reversalFields(choosing({}), { ...owed, authCode: 'A12345' }, null)['38']).toBeUndefined()
})

test('DE 55 of a reversal can be left out', () => {
  const owed = { ...armReversal(pinSale().attempt), emv: '9505' }
  const without = choosing({ reversal: { ...USUAL_CHOICES.reversal, chipData: false } })
  expect(reversalFields(choosing({}), owed, null)['55']).toBe('9505')
  expect(reversalFields(without, owed, null)['55']).toBeUndefined()
})

test('a reversal never carries a track, a PIN block or their security fields', () => {
  const fields = reversalFields(choosing({}), armReversal(pinSale().attempt), null)
  expect(
    Object.keys(fields).filter((field) => ['26', '35', '36', '37', '52', '53'].includes(field)),
  ).toEqual([])
})

test('an acquirer that wants neither TPDU nor header gets a frame that starts with the message', async () => {
  const host = await startScriptedHost()
  const frames: Uint8Array[] = []
  host.onRequest = (request, line) => {
    frames.push(request)
    line.destroy()
  }
  const framing = { ...UNIONPAY_FRAME, tpduBytes: 0, headerBytes: 0 }
  const link = openLink({ ports: [host.port], tpdu: '', header: '', framing })
  await link.acquirer.probe('000001')
  expect(frames.map((frame) => toHex(frame.subarray(0, 2)))).toEqual(['0820'])
})

function choosing(choices: Partial<FieldChoices>): typeof NUMBERS & { choices: FieldChoices } {
  return { ...NUMBERS, choices: { ...USUAL_CHOICES, ...choices } }
}

function pinSale(): { attempt: Attempt; held: Held } {
  const arena = createSecretArena()
  const card = {
    interface: 'contactless',
    pan: arena.put('pan', new TextEncoder().encode('6222021001110000012')),
    track2: null,
    expiry: '3012',
    serviceCode: '220',
    panSequence: '001',
    emv: '',
    verification: 'onlinePin',
    label: '',
    aid: '',
  } as const
  const attempt: Attempt = {
    order: { id: 1, dueMinor: minor(3850), operator: '01' },
    tender: { kind: 'card', card: TAPPED_CARD },
    amountMinor: minor(3850),
    stan: '000002',
    batch: '000001',
    withPin: true,
    sentAt: 0,
  }
  return {
    attempt,
    held: { kind: 'card', card, pinBlock: arena.put('pinBlock', new Uint8Array(8)), pinKsn: '' },
  }
}
