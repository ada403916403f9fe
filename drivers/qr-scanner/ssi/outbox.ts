/** Commands to the scanner: one under way at a time, woken up first, sent again until it is acknowledged. */
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import { encodeSsi } from './packet.ts'

export type SsiOutbox = {
  /** Sends now, or behind the command under way; of several that wait only the newest is sent. */
  send(opcode: number): void
  /** What the scanner said to the command under way: `again` asks for the same once more, `refused` is final. */
  answered(answer: 'done' | 'again' | 'refused'): void
  /** Forgets everything: the scanner went. */
  clear(): void
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

export type SsiOutboxOptions = {
  readonly link: ByteLink
  readonly clock: Clock
  /** True: acknowledged. False: refused, or silent to all tries. */
  readonly onOutcome: (answered: boolean) => void
}

/** A sleeping scanner loses the first byte: this one is for it to lose. */
const WAKE_UP = Uint8Array.of(0x00)
/** A guess, to be settled on a scanner: how long it takes to wake. */
const WAKE_MS = 100
/** A guess: no scanner takes longer to acknowledge at 9600 baud. */
const ANSWER_MS = 400
const TRIES = 3

export function createSsiOutbox({ link, clock, onOutcome }: SsiOutboxOptions): SsiOutbox {
  let current: { readonly opcode: number; tries: number } | null = null
  let next: number | null = null
  let cancelTimer = (): void => {}
  let whenIdle: (() => void)[] = []

  function begin(opcode: number): void {
    current = { opcode, tries: 0 }
    void link.write(WAKE_UP)
    cancelTimer = clock.after(WAKE_MS, transmit)
  }

  function transmit(): void {
    cancelTimer()
    if (current === null) return
    if (current.tries >= TRIES) return finish(false)
    current.tries += 1
    void link.write(encodeSsi(current.opcode, { retransmitted: current.tries > 1 }))
    cancelTimer = clock.after(ANSWER_MS, transmit)
  }

  function finish(answered: boolean): void {
    cancelTimer()
    current = null
    onOutcome(answered)
    const following = next
    next = null
    if (following !== null) begin(following)
    else rest()
  }

  function rest(): void {
    const waiting = whenIdle
    whenIdle = []
    for (const resolve of waiting) resolve()
  }

  return {
    send(opcode) {
      if (current === null) begin(opcode)
      else next = opcode
    },
    answered(answer) {
      if (current === null || current.tries === 0) return
      if (answer === 'again') transmit()
      else finish(answer === 'done')
    },
    clear() {
      cancelTimer()
      current = null
      next = null
      rest()
    },
    idle: () =>
      current === null ? Promise.resolve() : new Promise((resolve) => void whenIdle.push(resolve)),
  }
}
