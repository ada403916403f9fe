/** An amount in the two shapes that people see. */
import { formatMinor, minor } from '#core/money.ts'
import { readAmount } from '#core/reading.ts'
import type { Money } from './view.ts'

export function money(amountMinor: number): Money {
  const value = minor(amountMinor)
  return { minor: value, text: formatMinor(value), reading: readAmount(value) }
}
