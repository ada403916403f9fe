/** Voids, refunds and corrections, each with the second person that it needs. */
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { DIGIT_KEYS, type Key } from '#shell/api/view.ts'
import { openStage, type Played, paid, play, type Stage } from './stage.ts'

const BACK = { '3': '200000' }

function voided(shots: Played[]): void {
  const shop = paid(openStage({}, {}, shots))
  shop.home()
  shop.press('menu', '7')
  shop.shot('void-find')
  shop.home()
  shop.about('void')
  shop.shot('void-confirm')
  shop.press('confirm')
  shop.shot('void-approve')
  shop.sign('00')
  shop.shot('void-present')
  shop.presentCard({ fingerprint: 'ANOTHER' })
  shop.shot('void-other-card')
  shop.presentCard()
  shop.shot('void-authorizing')
  shop.allow(BACK)
  shop.shot('void-done')
  shop.home()
  shop.about('void')
  shop.shot('void-twice')
}

function voidEndsBadly(shots: Played[]): void {
  const begin = (): Stage => {
    const shop = paid(openStage({}, {}, shots))
    shop.home()
    shop.about('void')
    shop.press('confirm')
    shop.sign('00')
    shop.presentCard()
    return shop
  }
  const refused = begin()
  refused.allow({ ...BACK, '39': '12' })
  refused.shot('void-declined')
  const silent = begin()
  silent.tell({ type: 'hostSilent', stan: silent.state().reversal?.stan ?? '' })
  silent.shot('void-reversing')
  const reversal = silent.state().reversal?.id ?? ''
  silent.tell({ type: 'reversalUnanswered', reversal, sent: true })
  silent.shot('void-unknown')
  const undone = begin()
  undone.tell({ type: 'hostSilent', stan: undone.state().reversal?.stan ?? '' })
  undone.replyToReversal('00')
  undone.shot('void-reversed')
}

function refunded(shots: Played[]): void {
  const guard = { coolOffAboveMinor: minor(1000), coolOffMs: 10_000, toldAboveMinor: minor(1000) }
  const shop = paid(openStage({ refundGuard: guard }, {}, shots))
  shop.home()
  shop.press('menu', '8')
  shop.shot('refund-find')
  shop.press('3')
  shop.shot('refund-find-typed')
  shop.home()
  shop.about('refund')
  shop.shot('refund-amount-asked')
  shop.press('clear', '9', '9', 'confirm')
  shop.shot('refund-too-much')
  shop.press('clear', '2', '0', 'confirm')
  shop.shot('refund-check')
  shop.press('confirm')
  shop.shot('refund-approve')
  shop.sign('00')
  shop.shot('refund-cools-off')
  shop.tell({ type: 'timerFired', timer: 'look' })
  shop.shot('refund-present')
  shop.presentCard({ fingerprint: 'C2', masked: '622202*********0099' })
  shop.shot('refund-other-card')
  shop.choose('cardReplaced')
  shop.shot('refund-approve-new-card')
  shop.sign('00')
  if (shop.step() === 'lookAtAmount') shop.tell({ type: 'timerFired', timer: 'look' })
  shop.presentCard({ fingerprint: 'C2', masked: '622202*********0099' })
  shop.shot('refund-authorizing')
  shop.allow(BACK, '0230')
  shop.shot('refund-done')
  shop.home()
  shop.press('menu', '3')
  shop.shot('open-customer-to-tell')
}

function refundEndsBadly(shots: Played[]): void {
  const begin = (): Stage => {
    const shop = paid(openStage({}, {}, shots))
    shop.home()
    shop.about('refund')
    shop.press('confirm', 'confirm')
    shop.sign('00')
    shop.presentCard()
    return shop
  }
  const refused = begin()
  refused.allow({ ...BACK, '39': '12' }, '0230')
  refused.shot('refund-declined')
  const silent = begin()
  silent.tell({ type: 'hostSilent', stan: silent.state().advice?.attempt.stan ?? '' })
  silent.shot('refund-unknown')
  silent.home()
  silent.press('menu', '3')
  silent.shot('open-refund-in-doubt')
}

function corrected(shots: Played[]): void {
  const shop = paid(openStage({}, {}, shots))
  shop.choose('correct')
  shop.shot('correct-what-was-wrong')
  shop.choose('wrongAmount')
  shop.shot('correct-right-amount')
  shop.press('4', '0')
  shop.shot('correct-right-amount-typed')
  shop.press('confirm')
  shop.shot('correct-collect-more')
  shop.press('cancel')
  shop.home()
  shop.press('menu', '3')
  shop.shot('open-to-collect')
  shop.home()
  const changed = paid(openStage({}, {}, shots))
  changed.choose('correct')
  changed.choose('exchange')
  changed.shot('exchange-price')
  changed.press('3', '0', 'confirm')
  changed.shot('exchange-gives-back')
  const lessened = paid(openStage({}, {}, shots))
  lessened.choose('correct')
  lessened.choose('wrongAmount')
  lessened.press('2', '0', 'confirm')
  lessened.shot('correct-void-first')
}

/** The slip of another terminal of the shop: its numbers one after the other. */
function paidElsewhere(shots: Played[]): void {
  const guard = { coolOffMs: 0, otherTerminals: ['10000002'] }
  const shop = openStage({ refundGuard: guard }, {}, shots)
  const known = (): void =>
    void shop.tell({ type: 'recordsFound', page: pageName(shop.state()), records: [] })
  shop.press('menu', '8')
  shop.shot('elsewhere-ask')
  shop.press('menu')
  shop.shot('elsewhere-channel')
  shop.press('1')
  shop.shot('elsewhere-reference')
  shop.press(...'112012000077'.split('').map(digit), 'confirm')
  shop.shot('elsewhere-date')
  shop.press('1', '1', '2', '2', 'confirm')
  shop.shot('elsewhere-no-such-date')
  shop.press('1', '1', '2', '0', 'confirm')
  shop.shot('elsewhere-last4')
  shop.press('0', '0', '1', '2', 'confirm')
  shop.shot('elsewhere-amount')
  shop.press('3', '8', 'confirm')
  known()
  shop.press('confirm')
  shop.shot('elsewhere-refund-check')
  shop.home()
  shop.press('menu', '9', '2', 'menu')
  shop.shot('elsewhere-auth-code')
  shop.press(...'123456'.split('').map(digit), 'confirm', '1', '1', '2', '0', 'confirm')
  shop.press('0', '0', '1', '2', 'confirm')
  shop.press('3', '8', 'confirm')
  known()
  shop.press('confirm')
  shop.shot('elsewhere-completion-check')
}

/** Staff cards: one is given out, and one allows a refund together with its PIN. */
function byBadge(shots: Played[]): void {
  const shop = paid(openStage({ badge: 'required' }, {}, shots))
  const show = (fingerprint: string): void =>
    void shop.tell({ type: 'codeRefused', why: 'UNKNOWN_TEXT', digits: 12, fingerprint })
  shop.home()
  shop.press('menu', '6')
  shop.sign('00')
  shop.press('menu', '9', '9')
  shop.shot('menu-with-badge')
  shop.press('2')
  shop.shot('badge-whose')
  shop.press('0', '0', 'confirm')
  shop.shot('badge-hold')
  show('K0')
  shop.shot('badge-given')
  shop.press('menu', '6')
  shop.sign('01')
  shop.about('void')
  shop.press('confirm')
  shop.shot('badge-needed')
  show('K0')
  shop.shot('badge-pin')
}

function digit(text: string): Key {
  const found = DIGIT_KEYS.find((one) => one === text)
  if (found === undefined) throw new Error(`${text} is no digit`)
  return found
}

export const GOING_BACK = play(
  voided,
  voidEndsBadly,
  refunded,
  refundEndsBadly,
  corrected,
  paidElsewhere,
  byBadge,
)
