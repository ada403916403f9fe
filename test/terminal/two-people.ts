/** A shop with a cashier at the counter and a supervisor within call. */
import { OPERATOR, openShop, type Shop, type Wishes } from './shop.ts'

export const SUPERVISOR = { number: '00', pin: '381926' }

/** Open, the cashier signed in; the supervisor has a PIN and nothing to do yet. */
export async function openShopForTwo(wishes: Wishes = {}): Promise<Shop> {
  const shop = await openShop({
    ...wishes,
    closed: true,
    config: {
      operators: [
        { number: OPERATOR.number, role: 'cashier' },
        { number: SUPERVISOR.number, role: 'supervisor' },
      ],
      ...wishes.config,
    },
  })
  await shop.powerOn()
  await shop.cashier().chooseFirstPin(OPERATOR)
  await shop.cashier().chooseFirstPin(SUPERVISOR)
  await shop.cashier().signIn(OPERATOR)
  return shop
}

/** A sale by tap, paid; its voucher number. The result page is left. */
export async function sellByTap(shop: Shop, typed: string): Promise<string> {
  await shop.cashier().ask(typed)
  await shop.present('tap', 'debit')
  return leaveApproved(shop)
}

/** Waits for the approval on the page, and goes home; the voucher number of what was approved. */
export async function leaveApproved(shop: Shop): Promise<string> {
  const cashier = shop.cashier()
  const { outcome, trace } = await cashier.page('result')
  if (outcome !== 'approved') throw new Error(JSON.stringify(cashier.view()))
  cashier.press('cancel')
  await cashier.page('amount')
  return trace
}

/** Menu, void or refund, the voucher number of the original. */
export async function choose(shop: Shop, what: 'void' | 'refund', trace: string): Promise<void> {
  const cashier = shop.cashier()
  cashier.press('menu')
  await cashier.page('menu')
  cashier.option(what)
  await cashier.page('findOriginal')
  cashier.press(...digits(trace), 'confirm')
}

/** Confirms the amount that is shown, and the supervisor allows it. */
export async function confirmAndApprove(shop: Shop): Promise<void> {
  await shop.cashier().page('confirmAmount')
  shop.cashier().press('confirm')
  await shop.cashier().approve(SUPERVISOR)
}

const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

export function digits(text: string): (typeof KEYS)[number][] {
  return text.split('').flatMap((digit) => KEYS.filter((key) => key === digit))
}
