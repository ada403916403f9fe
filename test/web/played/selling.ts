/** Sales by card and by code, from the amount to every way in which one can end. */
import { openStage, type Played, play } from './stage.ts'

const stanOf = ({ step }: ReturnType<ReturnType<typeof openStage>['state']>): string =>
  'attempt' in step ? step.attempt.stan : ''

function byCard(shots: Played[]): void {
  const shop = openStage({}, {}, shots)
  shop.press('3', '8')
  shop.press('confirm')
  shop.shot('sale-confirm')
  shop.press('confirm')
  shop.shot('sale-present')
  shop.presentCard({ interface: 'chip' })
  shop.shot('sale-pin')
  shop.tell({ type: 'pinEntered', stan: stanOf(shop.state()) })
  shop.shot('sale-authorizing')
  shop.allow()
  shop.shot('sale-chip-completing')
  shop.tell({ type: 'cardCompleted', stan: stanOf(shop.state()), approved: true, chip: [] })
  shop.shot('sale-paid')
  shop.printed()
  shop.shot('sale-paid-printed')
}

function refused(shots: Played[]): void {
  const shop = openStage({}, {}, shots)
  shop.ask(38)
  shop.presentCard()
  shop.allow({ '39': '51' })
  shop.shot('sale-declined')
  shop.home()
  shop.ask(38)
  shop.presentCard()
  shop.tell({ type: 'hostUnreachable', stan: stanOf(shop.state()) })
  shop.shot('sale-unreachable')
  const alone = openStage({}, {}, shots)
  alone.ask(38)
  alone.tell({ type: 'timerFired', timer: 'present' })
  alone.shot('sale-nobody-came')
}

function silent(shots: Played[]): void {
  const shop = openStage({}, {}, shots)
  shop.ask(38)
  shop.presentCard()
  shop.press('cancel')
  shop.shot('sale-cancel-asked')
  shop.tell({ type: 'hostSilent', stan: stanOf(shop.state()) })
  shop.shot('sale-reversing')
  shop.tell({
    type: 'reversalUnanswered',
    reversal: shop.state().reversal?.id ?? '',
    sent: true,
  })
  shop.shot('sale-unknown')
  shop.home()
  shop.shot('home-reversal-owed')
  shop.press('menu', '3')
  shop.shot('open-reversal-owed')
  shop.home()
  shop.ask(12)
  shop.shot('sale-behind-old-reversal')
  shop.replyToReversal('00')
  shop.shot('sale-after-old-reversal')
}

function reversed(shots: Played[]): void {
  const shop = openStage({}, {}, shots)
  shop.ask(38)
  shop.presentCard()
  shop.tell({ type: 'hostSilent', stan: stanOf(shop.state()) })
  shop.replyToReversal('00')
  shop.shot('sale-reversed')
}

function byCode(shots: Played[]): void {
  const shop = openStage({}, {}, shots)
  const scan = (): void => {
    shop.presentCode(`F${shop.state().counters.stan}`)
    shop.tell({ type: 'timerFired', timer: 'codes' })
  }
  shop.ask(88)
  shop.tell({ type: 'codeRefused', why: 'PAYEE_CODE_WECHAT', digits: 40, fingerprint: 'P' })
  shop.shot('code-receive-code')
  shop.presentCode('F1')
  shop.presentCode('F2')
  shop.shot('code-two-phones')
  shop.tell({ type: 'codeRefused', why: 'BAD_CHAR', digits: 17, fingerprint: 'H' })
  shop.shot('code-unreadable')
  scan()
  shop.allow({ '39': '09' })
  shop.shot('code-password')
  const lost = openStage({}, {}, shots)
  lost.ask(88)
  lost.presentCode('F1')
  lost.tell({ type: 'timerFired', timer: 'codes' })
  lost.shot('code-authorizing')
  lost.tell({ type: 'hostSilent', stan: stanOf(lost.state()) })
  lost.shot('code-querying')
  lost.press('cancel')
  lost.shot('code-cancel-asked')
  const won = openStage({}, {}, shots)
  won.ask(88)
  won.presentCode('F1')
  won.tell({ type: 'timerFired', timer: 'codes' })
  won.allow()
  won.shot('code-paid')
  won.home()
  won.ask(88)
  won.presentCode('F1')
  won.shot('code-used-before')
  won.tell({
    type: 'codeDoubted',
    why: 'ID_NUMBER_LOOKALIKE',
    code: { handle: 'c', channel: 'wechat', masked: '**************6741', fingerprint: 'D' },
  })
  won.tell({ type: 'timerFired', timer: 'codes' })
  won.shot('code-doubted')
}

/** A terminal on a battery that runs down. */
function goesDark(shots: Played[]): void {
  const shop = openStage({ power: { warnPercent: 15, stopPercent: 5 } }, {}, shots)
  shop.tell({ type: 'powerChanged', percent: 15, onMains: false })
  shop.press('3', '8', 'confirm')
  shop.shot('power-low')
  shop.tell({ type: 'powerChanged', percent: 4, onMains: false })
  shop.press('confirm')
  shop.shot('power-empty')
}

/** No scanner reads the phone: its digits are keyed in, and looked at. */
function codeTyped(shots: Played[]): void {
  const shop = openStage({ codes: { ...CODES, typedMostMinor: 50_000 } }, {}, shots)
  shop.ask(38)
  shop.shot('present-may-type')
  const masked = '**************6741'
  const code = { handle: 'code-t', channel: 'wechat', masked, fingerprint: 'FT' } as const
  shop.tell({ type: 'codeAccepted', code, typed: true })
  shop.tell({ type: 'timerFired', timer: 'codes' })
  shop.shot('code-typed-check')
}

const CODES = { mergeMs: 300, secondPhoneMs: 1000, unreadableTries: 3 }

function inPart(shots: Played[]): void {
  const shop = openStage({}, {}, shots)
  shop.ask(38)
  shop.presentCard()
  shop.allow({ '39': '10', '4': '000000003000' })
  shop.shot('sale-partly-paid')
  shop.press('confirm')
  if (shop.step() === 'result') shop.press('confirm')
  shop.shot('rest-confirm')
}

function signed(shots: Played[]): void {
  const shop = openStage({ signature: { timeoutMs: 60_000 } }, {}, shots)
  shop.ask(38)
  shop.presentCard({ interface: 'stripe' })
  if (shop.step() === 'pin') shop.tell({ type: 'pinEntered', stan: stanOf(shop.state()) })
  shop.allow({ '15': '1122', '37': '112120461234' })
  shop.shot('sale-signing')
  shop.choose('signOnPaper')
  shop.shot('sale-signs-on-paper')
  shop.home()
  shop.press('menu', '3')
  shop.shot('open-signature')
  shop.home()
  shop.press('menu', '2')
  shop.shot('records-signature')
}

function handedOver(shots: Played[]): void {
  const shop = openStage({}, {}, shots)
  shop.press('3', '8', 'confirm', 'menu')
  shop.shot('hand-over-asked')
}

export const SELLING = play(
  byCard,
  refused,
  silent,
  reversed,
  byCode,
  codeTyped,
  goesDark,
  inPart,
  signed,
  handedOver,
)
