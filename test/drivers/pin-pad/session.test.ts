/** The order of single characters, byte for byte, where a pad that was held up says late what belongs to the talk before. */
import { expect, test } from 'vitest'
import { createSession } from '#drivers/pin-pad/visa2/session.ts'
import type { ByteLink } from '#drivers/transport/byte-link.ts'
import { systemClock } from '#shell/system-clock.ts'

const ACK = 0x06
const NAK = 0x15
/** As long as a customer may take. */
const ENTRY_MS = 60_000

test('a late acknowledgement of the talk before, and then a refusal: the pad is garbled at once, and no customer is waited for', async () => {
  const reply = await exchangeWith([ACK, NAK])
  expect(reply).toEqual({ kind: 'failed', why: 'garbled' })
})

test('an acknowledgement said twice is no refusal: the answer behind it is taken', async () => {
  const reply = await exchangeWith([ACK, ACK, 0x02, 0x37, 0x31, 0x03, 0x37 ^ 0x31 ^ 0x03])
  expect(reply).toMatchObject({ kind: 'answer' })
})

/** Everything the pad says to the first frame, in one go. */
function exchangeWith(said: readonly number[]) {
  const listeners: ((bytes: Uint8Array) => void)[] = []
  let isFirst = true
  const link: ByteLink = {
    state: 'open',
    onBytes: (listener) => void listeners.push(listener),
    onState: () => undefined,
    start: () => undefined,
    write() {
      if (isFirst) for (const listener of listeners) listener(Uint8Array.from(said))
      isFirst = false
      return Promise.resolve(true)
    },
    close: () => Promise.resolve(),
  }
  const data = Uint8Array.from(Buffer.from('70.', 'latin1'))
  const session = createSession(link, systemClock)
  return session.exchange({ family: 'transaction', data, answerWithinMs: ENTRY_MS })
}
