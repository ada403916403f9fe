/** Counts what a person presses on the way through a flow; digits of numbers, amounts and PINs are not counted (table 1 of the flows). */
import type { Key } from '#shell/api/view.ts'
import type { CounterHands, Operator } from './counter-hands.ts'

export type CountedHands = {
  readonly taps: () => number
  readonly press: (key: Key) => Promise<void>
  readonly type: (digits: string) => Promise<void>
  readonly option: (id: string) => Promise<void>
  /** One key or touch of another kind. */
  readonly once: (act: () => Promise<void>) => Promise<void>
  /** Number and PIN on a page that asks for them. */
  readonly identify: (operator: Operator) => Promise<void>
}

/** Hands that start at nought. */
export function countTaps(hands: CounterHands): CountedHands {
  let taps = 0
  const press = async (key: Key): Promise<void> => {
    taps += 1
    await hands.press(key)
  }
  const type = async (digits: string): Promise<void> => {
    if (!/^[0-9.]+$/.test(digits)) throw new Error(`${digits} would have to be counted`)
    await hands.type(digits)
  }
  return {
    taps: () => taps,
    press,
    type,
    option: async (id) => {
      taps += 1
      await hands.option(id)
    },
    once: async (act) => {
      taps += 1
      await act()
    },
    identify: async ({ number, pin }) => {
      await type(number)
      await press('confirm')
      await type(pin)
      await press('confirm')
    },
  }
}
