/** The classes of mistakes in words, for people who read the report. */
import type { ErrorClass } from './injector.ts'

/** In words, and what on this terminal can see it. */
export const WORDS: Readonly<Record<ErrorClass, readonly [what: string, seenBy: string]>> = {
  extraZero: ['one zero too many', 'history of amounts, customer'],
  missingDigit: ['a zero or digit is missing', 'history of amounts in part, customer'],
  doubleKey: ['a digit twice', 'history of amounts, customer'],
  swappedDigits: ['two digits swapped', 'prices of the shop in part, customer, till'],
  neighbourKey: ['the key beside it', 'prices of the shop in part, customer, till'],
  pointLost: ['point lost, yuan and fen mixed up', 'history of amounts, customer'],
  oldAmount: ['digits of the last customer stand in front', 'history of amounts, customer'],
  leavesOrCut: ['power cut, no paper, customer leaves', 'journal, slip queue'],
  saleForRefund: ['sale in place of a refund', 'title of the page, customer'],
  refundForSale: ['refund in place of a sale', 'voucher, second person, same card'],
  preAuthForSale: ['hold in place of a sale', 'title of the page, customer'],
  wrongCode: ['receive code, contact, goods under the scanner', 'classes of codes'],
  nextPhone: ["the next customer's phone", 'two codes at once; one alone: nothing but people'],
  blindConfirm: ['a slip of the finger, confirmed blindly', 'history of amounts, customer'],
  refundNeighbour: ['refund of the record next to it', 'same card, amount, second person'],
  refundOtherCard: ["refund onto another person's card", 'same card'],
  repeatAfterTimeout: ['the order again after a lost answer', 'order lock, reversal, query'],
}
