/** Who works in the shop, with the PINs that they choose on the first day. */
import type { Operator } from './counter-hands.ts'

export const CASHIER: Operator = { number: '01', pin: '270415' }
export const SUPERVISOR: Operator = { number: '00', pin: '731864' }
export const ADMINISTRATOR: Operator = { number: '99', pin: '864209' }

/** In the order in which a new terminal asks for their PINs. */
export const EVERYBODY: readonly Operator[] = [ADMINISTRATOR, SUPERVISOR, CASHIER]
