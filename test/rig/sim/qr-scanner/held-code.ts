/** The code that a customer holds in front of a scanner: until it is read, and not for ever. */

/** How long a customer holds the phone. */
const HELD_FOR_MS = 10_000

export type HeldCode = {
  /** Null when nothing is held there, or what was has been read. */
  readonly code: Buffer | null
  hold(code: string | Uint8Array): void
  /** What is held there, once. */
  take(): Buffer | null
  stop(): void
}

/** `onGone`: the customer took the phone away before it was read. */
export function createHeldCode(onGone: () => void): HeldCode {
  let held: Buffer | null = null
  let gone: NodeJS.Timeout | undefined
  const take = (): Buffer | null => {
    const code = held
    held = null
    clearTimeout(gone)
    return code
  }

  return {
    get code() {
      return held
    },
    hold(code) {
      take()
      held = typeof code === 'string' ? Buffer.from(code, 'utf8') : Buffer.from(code)
      gone = setTimeout(() => {
        held = null
        onGone()
      }, HELD_FOR_MS)
    },
    take,
    stop: () => clearTimeout(gone),
  }
}
