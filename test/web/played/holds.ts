/** Pre-authorizations, what becomes of them, and the balance that is only asked for. */
import { openStage, type Played, play, type Stage } from './stage.ts'

const HOLD = { '3': '030000' }

function begin(shots: Played[]): Stage {
  const shop = openStage({}, {}, shots)
  shop.press('menu', '9')
  return shop
}

function held(shots: Played[]): Stage {
  const shop = begin(shots)
  shop.press('1', '5', '0', '0', 'confirm', 'confirm')
  shop.presentCard()
  shop.allow(HOLD, '0110')
  return shop
}

function hold(shots: Played[]): void {
  const shop = begin(shots)
  shop.shot('menu-second')
  shop.press('1')
  shop.shot('hold-amount')
  shop.press('5', '0', '0', 'confirm')
  shop.shot('hold-confirm')
  shop.press('confirm')
  shop.shot('hold-present')
  shop.presentCard()
  shop.shot('hold-authorizing')
  shop.allow(HOLD, '0110')
  shop.shot('hold-done')
  shop.choose('correct')
  shop.shot('hold-what-was-wrong')
  const refused = begin(shots)
  refused.press('1', '5', '0', '0', 'confirm', 'confirm')
  refused.presentCard()
  refused.allow({ ...HOLD, '39': '51' }, '0110')
  refused.shot('hold-declined')
  const silent = begin(shots)
  silent.press('1', '5', '0', '0', 'confirm', 'confirm')
  silent.presentCard()
  const owed = silent.state().reversal
  silent.tell({ type: 'hostSilent', stan: owed?.stan ?? '' })
  silent.tell({ type: 'reversalUnanswered', reversal: owed?.id ?? '', sent: true })
  silent.shot('hold-unknown')
}

function completed(shots: Played[]): void {
  const shop = held(shots)
  shop.home()
  shop.press('menu', '9', '2')
  shop.shot('completion-find')
  shop.home()
  shop.about('complete')
  shop.shot('completion-amount')
  shop.press('clear', '4', '8', '0', 'confirm')
  shop.shot('completion-confirm')
  shop.press('confirm')
  if (shop.step() === 'approve') shop.sign('00')
  shop.shot('completion-present')
  shop.presentCard()
  shop.allow({ '3': '000000' })
  shop.shot('completion-done')
  shop.home()
  shop.about('void')
  shop.shot('completion-void-confirm')
  shop.press('confirm')
  shop.sign('00')
  shop.presentCard()
  shop.allow({ '3': '200000' })
  shop.shot('completion-void-done')
}

function released(shots: Played[]): void {
  const shop = held(shots)
  shop.home()
  shop.about('void')
  shop.shot('hold-void-confirm')
  shop.press('confirm')
  shop.shot('hold-void-approve')
  shop.sign('00')
  shop.presentCard()
  shop.allow({ '3': '200000' }, '0110')
  shop.shot('hold-void-done')
}

function balance(shots: Played[]): void {
  const shop = begin(shots)
  shop.press('3')
  shop.shot('balance-present')
  shop.presentCard({ interface: 'stripe' })
  shop.shot('balance-pin')
  const { step } = shop.state()
  if (step.kind === 'pin') shop.tell({ type: 'pinEntered', stan: step.attempt.stan })
  shop.shot('balance-authorizing')
  shop.allow({ '3': '310000', '54': '0210156C000000012345' })
  shop.shot('balance-done')
  const refused = begin(shots)
  refused.press('3')
  refused.presentCard()
  refused.allow({ '3': '310000', '39': '91' })
  refused.shot('balance-declined')
}

export const HOLDS = play(hold, completed, released, balance)
