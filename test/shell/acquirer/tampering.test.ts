import { expect, test } from 'vitest'
import { judgeReply, type Verdict } from '#core/transaction/judge-reply.ts'
import { createFrameDecoder, UNIONPAY_FRAME } from '#iso8583/frame.ts'
import { readAnswer } from '#shell/acquirer/read-answer.ts'
import { SETUP } from '../../core/counter.ts'
import { codeSale, openLink, startHost, type TerminalLink } from './bench.ts'
import { tapWire } from './wire-tap.ts'

const LENGTH_BYTES = 2
const TPDU_AND_HEADER_BYTES = 11
const MESSAGE_AT = LENGTH_BYTES + TPDU_AND_HEADER_BYTES

test('the untouched approval is approved: what follows would otherwise prove nothing', async () => {
  const { frame, judge } = await approvalOnTheWire()
  expect(judge(frame)).toEqual({ kind: 'approved', code: '00' })
})

test('an approval with any one bit of its message flipped is neither an approval nor a refusal: the sale is reversed', async () => {
  const { frame, judge } = await approvalOnTheWire()
  const believed = bitsOf(frame, MESSAGE_AT, frame.length).filter((bit) =>
    isBelieved(judge(flipped(frame, bit))),
  )
  expect(frame.length - MESSAGE_AT).toBeGreaterThan(100)
  expect(believed).toEqual([])
})

test('an approval with any one bit of its length flipped is no answer', async () => {
  const { frame, judge } = await approvalOnTheWire()
  const believed = bitsOf(frame, 0, LENGTH_BYTES).filter((bit) =>
    isBelieved(judge(flipped(frame, bit))),
  )
  expect(believed).toEqual([])
})

test('a flipped address or host wish, which no MAC covers, cannot change what was approved', async () => {
  const { frame, judge } = await approvalOnTheWire()
  const verdicts = bitsOf(frame, LENGTH_BYTES, MESSAGE_AT).map((bit) => judge(flipped(frame, bit)))
  expect(verdicts).toHaveLength(TPDU_AND_HEADER_BYTES * 8)
  for (const verdict of verdicts) expect(verdict).toEqual({ kind: 'approved', code: '00' })
})

test('an approval cut at any byte is no answer', async () => {
  const { frame, judge } = await approvalOnTheWire()
  const believed = [...frame.keys()].filter((length) =>
    isBelieved(judge(frame.subarray(0, length))),
  )
  expect(believed).toEqual([])
})

test('the approval of one sale is no approval of the next', async () => {
  const { frame, link } = await approvalOnTheWire()
  const next = codeSale('000008').attempt
  expect(verdictOn(link, next, frame)).toMatchObject({ kind: 'unusable', why: 'stan' })
})

type Judge = (frame: Uint8Array) => Verdict | null

async function approvalOnTheWire(): Promise<{
  frame: Uint8Array
  judge: Judge
  link: TerminalLink
}> {
  const host = await startHost()
  const wire = await tapWire(host.port)
  const link = openLink({ ports: [wire.port] })
  await link.signOn()
  const { attempt, held } = codeSale('000007')
  const reached = await link.acquirer.sell(attempt, held)
  expect(reached.kind).toBe('replied')
  return { frame: wire.answers(), link, judge: (bytes) => verdictOn(link, attempt, bytes) }
}

/** What the terminal makes of these bytes; null: no answer at all. */
function verdictOn(
  link: TerminalLink,
  attempt: ReturnType<typeof codeSale>['attempt'],
  bytes: Uint8Array,
): Verdict | null {
  const [frame] = createFrameDecoder(UNIONPAY_FRAME).push(bytes).frames
  const reply =
    frame === undefined
      ? null
      : readAnswer(frame.message, { ...link, signedWith: link.keys.forRequest() })
  return reply === null ? null : judgeReply(SETUP, attempt, reply)
}

function isBelieved(verdict: Verdict | null): boolean {
  return verdict !== null && verdict.kind !== 'unusable'
}

function bitsOf(frame: Uint8Array, from: number, to: number): readonly number[] {
  return [...frame.keys()]
    .slice(from, to)
    .flatMap((at) => [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => at * 8 + bit))
}

function flipped(frame: Uint8Array, bit: number): Uint8Array {
  const copy = frame.slice()
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}
