import { afterEach, expect, test } from 'vitest'
import type { FaultOrder } from '../rig/acquirer/faults/fault.ts'
import { type Probe, startProbe } from './probe.ts'
import { cardSale, reversalOf } from './requests.ts'

let probe: Probe
afterEach(() => probe.stop())

const SALE = cardSale('debit', 900, '000002')
const ECHO = { 60: '00000001301' }

async function broken(fault: FaultOrder): Promise<Probe> {
  probe = await startProbe()
  await probe.signOn()
  probe.acquirer.setFault(fault)
  return probe
}

test('request dropped: nothing happened at the host', async () => {
  await broken({ kind: 'dropRequest' })
  probe.send('0200', SALE)
  expect((await probe.ask('0400', reversalOf(SALE))).fields[39]).toBe('25')
  expect(probe.acquirer.state().entries).toEqual([])
})

test('answer lost: the money moved, and the reversal brings it back', async () => {
  await broken({ kind: 'dropReply', mti: '0200' })
  probe.send('0200', SALE)
  expect((await probe.ask('0820', ECHO)).mti).toBe('0830')
  expect(probe.acquirer.held()).toBe(900)
  expect((await probe.ask('0400', reversalOf(SALE))).fields[39]).toBe('00')
  expect(probe.acquirer.held()).toBe(0)
})

test('answer late: it comes in front of the next answer, also on a new connection', async () => {
  await broken({ kind: 'lateReply' })
  probe.send('0200', SALE)
  await probe.acquirerSaw(900)
  await probe.reconnect()
  const late = await probe.ask('0400', reversalOf(SALE))
  expect([late.mti, late.fields[39]]).toEqual(['0210', '00'])
  expect((await probe.next()).mti).toBe('0410')
  expect(probe.acquirer.held()).toBe(0)
})

test('request late: it arrives after its reversal and is refused', async () => {
  await broken({ kind: 'lateRequest', mti: '0200' })
  probe.send('0200', SALE)
  expect((await probe.ask('0400', reversalOf(SALE))).fields[39]).toBe('25')
  expect(probe.acquirer.held()).toBe(0)
  expect(probe.acquirer.state().entries).toMatchObject([{ stan: '000002', responseCode: '12' }])
})

test('answer delayed: it comes, later', async () => {
  await broken({ kind: 'delayReply', ms: 30 })
  expect((await probe.ask('0200', SALE)).fields[39]).toBe('00')
})

test.each<FaultOrder['kind']>(['duplicateReply', 'replyTwiceGlued'])(
  '%s: the same answer arrives twice, the money moves once',
  async (kind) => {
    await broken(kind === 'duplicateReply' ? { kind, ms: 1 } : { kind: 'replyTwiceGlued' })
    const first = await probe.ask('0200', SALE)
    expect(await probe.next()).toEqual(first)
    expect(probe.acquirer.held()).toBe(900)
  },
)

test.each<[FaultOrder, object]>([
  [{ kind: 'wrongStan' }, { fields: { 11: '000003' }, macGood: true }],
  [{ kind: 'wrongAmount' }, { fields: { 4: '000000000901' }, macGood: true }],
  [{ kind: 'wrongTid' }, { fields: { 41: '10000009' }, macGood: true }],
  [{ kind: 'wrongMti' }, { mti: '0230', macGood: true }],
  [{ kind: 'wrongMac' }, { fields: { 39: '00', 11: '000002' }, macGood: false }],
  [
    { kind: 'decline', code: '05' },
    { fields: { 39: '05' }, macGood: true },
  ],
])('%o spoils only what it names', async (fault, expected) => {
  await broken(fault)
  expect(await probe.ask('0200', SALE)).toMatchObject(expected)
})

test('no MAC: an approval without field 64', async () => {
  await broken({ kind: 'noMac' })
  const { fields } = await probe.ask('0200', SALE)
  expect([fields[39], fields[64]]).toEqual(['00', undefined])
})

test('decline on request takes no money', async () => {
  await broken({ kind: 'decline', code: '96' })
  await probe.ask('0200', SALE)
  expect(probe.acquirer.held()).toBe(0)
})

test('half a frame, then silence: the money moved, and no answer can be made of it', async () => {
  await broken({ kind: 'halfFrame' })
  probe.send('0200', SALE)
  await probe.arrival()
  expect([probe.unread(), probe.acquirer.held()]).toEqual([0, 900])
})

test.each<FaultOrder['kind']>(['closeMidFrame', 'closeBeforeReply'])(
  '%s: processed, but the connection ends without an answer',
  async (kind) => {
    await broken(kind === 'closeMidFrame' ? { kind } : { kind: 'closeBeforeReply' })
    probe.send('0200', SALE)
    await probe.closed
    expect([probe.unread(), probe.acquirer.held()]).toEqual([0, 900])
  },
)

test('garbage: a frame that is no message', async () => {
  await broken({ kind: 'garbage' })
  await expect(probe.ask('0200', SALE)).rejects.toThrow('unreadable reply')
  expect(probe.acquirer.held()).toBe(900)
})

test('noise: bytes that are no frame', async () => {
  await broken({ kind: 'noise' })
  probe.send('0200', SALE)
  await probe.arrival()
  expect([probe.unread(), probe.acquirer.held()]).toEqual([0, 900])
})

test('slow bytes: the answer arrives one byte at a time, whole', async () => {
  await broken({ kind: 'slowBytes', ms: 0 })
  expect((await probe.ask('0200', SALE)).fields[39]).toBe('00')
})

test('the host can ask for a new sign-on in the header', async () => {
  await broken({ kind: 'hostRequest', code: '3' })
  expect((await probe.ask('0820', ECHO)).header).toBe('603103311000')
})

test('answers carry the addresses of the request swapped', async () => {
  probe = await startProbe()
  expect((await probe.ask('0820', ECHO)).tpdu).toBe('6000000003')
})

test('a refused connection is closed at once, the one after it is served', async () => {
  await broken({ kind: 'refuseConnections' })
  await probe.reconnect()
  await probe.closed
  await probe.reconnect()
  expect((await probe.ask('0820', ECHO)).mti).toBe('0830')
})

test('network cut: lines drop and connects are refused; afterwards the same port serves again', async () => {
  probe = await startProbe()
  await probe.acquirer.setReachable(false)
  await probe.closed
  await expect(probe.reconnect()).rejects.toThrow('ECONNREFUSED')
  expect(probe.acquirer.state().reachable).toBe(false)
  await probe.acquirer.setReachable(true)
  await probe.reconnect()
  expect((await probe.ask('0820', ECHO)).mti).toBe('0830')
})

test('a fault waits for its MTI, counts down, is shown while it waits, and can be cleared', async () => {
  await broken({ kind: 'decline', code: '96', mti: '0200', times: 2 })
  expect((await probe.ask('0820', ECHO)).fields[39]).toBe('00')
  expect((await probe.ask('0200', SALE)).fields[39]).toBe('96')
  expect(probe.acquirer.state().faults).toEqual([
    { kind: 'decline', code: '96', mti: '0200', times: 2, remaining: 1 },
  ])
  probe.acquirer.clearFaults()
  const next = cardSale('debit', 900, '000003')
  expect((await probe.ask('0200', next)).fields[39]).toBe('00')
})

test.each([
  [{ kind: 'explode' }],
  [{ kind: 'decline' }],
  [{ kind: 'decline', code: 'long' }],
  [{ kind: 'delayReply', ms: -1 }],
  [{ kind: 'dropReply', times: 0 }],
  [{ kind: 'dropReply', extra: true }],
  ['dropReply'],
  [null],
])('%o is no fault: refused with a reason', async (input) => {
  probe = await startProbe()
  const outcome = probe.acquirer.applyFault(input)
  expect(outcome).toEqual({ ok: false, why: expect.stringMatching(/\S+: \S+/) })
  expect(probe.acquirer.state().faults).toEqual([])
})

test('bytes that are no message are logged and not answered, and the line stays usable', async () => {
  probe = await startProbe()
  probe.sendRaw(Uint8Array.of(0, 3, 1, 2, 3))
  probe.sendRaw(Uint8Array.from([0, 30, ...new Uint8Array(30).fill(0xff)]))
  expect((await probe.ask('0820', ECHO)).mti).toBe('0830')
  const notes = probe.acquirer.state().messages.map(({ note }) => note)
  expect(notes).toEqual(['frame is too short', 'MTI is not four digits', '', ''])
})

test('a listener is told of each change until it has had enough', async () => {
  probe = await startProbe()
  let calls = 0
  const end = probe.acquirer.onChange(() => {
    calls += 1
  })
  await probe.ask('0820', ECHO)
  expect(calls).toBeGreaterThan(0)
  end()
  const before = calls
  await probe.ask('0820', ECHO)
  expect(calls).toBe(before)
})
