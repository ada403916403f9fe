/** The classes of mistakes in words, for people who read the report. */
import type { ErrorClass } from './injector.ts'

/** Why fewer than five times fewer escape of these, all of them counted: what no guard on this terminal can see before the money moves. */
export const BLIND: Readonly<Partial<Record<ErrorClass, string>>> = {
  missingDigit:
    'a price without one digit is a price of the shop too; what its history can tell apart is told apart, the rest only the customer or the till sees',
  swappedDigits:
    'digits that change places leave an amount of the same size; where prices end on few digits it is new here and doubted, elsewhere it looks like any other',
  neighbourKey:
    'one digit is another and the size is the same: where prices are free, no history tells it apart; only the customer or the till sees it',
  saleForRefund:
    'at home whoever types is selling, and a sale asks for nothing that a refund would; without the same card and amount again only the customer sees it',
  refundForSale:
    'too few to divide: voucher, second person and card stop nearly all of them on the plainer terminals too',
  nextPhone:
    'a phone that comes alone is a payment like any other, and nothing on it says whose it is; two within `codes.mergeMs` (a second) are both refused',
  blindConfirm:
    'it is a slip of the finger of any kind, looked at by nobody: what is of the same size, and no new price, passes as above',
}

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
