/** Lists of what was done, the sums of the day, and what somebody still has to see to. */
import { batchLines } from '#core/batch/batch.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { openStage, type Played, paid, play, type Stage } from './stage.ts'

const REPORT = { shopTotal: true, exceptionsOnSlip: false, reviewRefunds: true }

/** Two sales, one of them voided, and a refund in part of the other. */
function day(shots: Played[]): Stage {
  const shop = openStage(
    {
      report: REPORT,
      alarms: {
        refunds: 2,
        sameCard: 2,
        withinMs: 3_600_000,
        wrongCodes: 2,
        garbledPercent: 30,
        printerLines: 0,
      },
      refundGuard: { coolOffMs: 0, coolOffAboveMinor: minor(1000) },
    },
    {},
    shots,
  )
  paid(shop, 680)
  shop.home()
  paid(shop)
  shop.home()
  shop.about('void')
  shop.press('confirm')
  shop.sign('00')
  shop.presentCard()
  shop.allow({ '3': '200000' })
  shop.home()
  shop.press('menu', '2')
  shop.choose('refund', shop.state().recent[0]?.id)
  shop.press('clear', '8', '0', 'confirm', 'confirm')
  shop.sign('00')
  if (shop.step() === 'lookAtAmount') shop.tell({ type: 'timerFired', timer: 'look' })
  shop.presentCard()
  shop.allow({ '3': '200000' }, '0230')
  shop.home()
  shop.ask(26)
  shop.presentCode('F9')
  shop.tell({ type: 'timerFired', timer: 'codes' })
  shop.allow({ '39': '51' })
  shop.home()
  return shop
}

function gather(shop: Stage): void {
  const page = pageName(shop.state())
  const lines = batchLines(shop.state().recent)
  shop.tell({ type: 'batchGathered', page, batch: '000001', lines })
}

function signInAs(shop: Stage, operator: string): void {
  shop.restart()
  for (const device of ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const)
    shop.tell({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
  shop.sign(operator)
  shop.tell({ type: 'signedOn', batch: '000001' })
}

function records(shots: Played[]): void {
  const shop = day(shots)
  shop.shot('home-with-alarms')
  shop.press('menu')
  shop.shot('menu-first')
  shop.press('2')
  shop.shot('records-of-the-day')
  shop.choose('search')
  shop.shot('records-search')
  shop.press('1')
  shop.shot('records-search-amount')
  shop.press('3', '8', 'confirm')
  found(shop)
  shop.shot('records-found')
  shop.home()
  shop.press('menu', '2')
  shop.choose('search')
  shop.press('3', '3', 'confirm')
  shop.choose('reprint', found(shop))
  shop.shot('records-prove')
  shop.home()
  shop.press('menu', '3')
  shop.shot('open-alarms')
}

/** What the journal holds of earlier days; gives the first of it. */
function found(shop: Stage): string {
  const { recent } = shop.state()
  const records = recent
    .slice(0, 2)
    .map((one) => ({ ...one, id: `old-${one.id}`, batch: '000000' }))
  shop.tell({ type: 'recordsFound', page: pageName(shop.state()), records })
  return records[0]?.id ?? ''
}

function search(shots: Played[]): void {
  const shop = paid(openStage({}, {}, shots))
  shop.home()
  for (const [key, name] of [
    ['2', 'last4'],
    ['3', 'trace'],
    ['4', 'time'],
    ['5', 'operator'],
    ['6', 'channel'],
  ] as const) {
    shop.press('menu', '2')
    shop.choose('search')
    shop.press(key)
    shop.shot(`records-search-${name}`)
    shop.home()
  }
}

function settlement(shots: Played[]): void {
  const shop = day(shots)
  shop.press('menu', '9', '5')
  shop.shot('totals-asked')
  gather(shop)
  shop.shot('totals-shown')
  shop.home()
  shop.printed()
  signInAs(shop, '00')
  shop.press('menu', '0')
  gather(shop)
  shop.shot('settle-count')
  shop.press('9', '9', 'confirm')
  shop.shot('settle-differs')
  shop.press('confirm')
  shop.shot('settle-review')
  for (const { kind, stan } of shop.state().recent) {
    if (kind !== 'void' && kind !== 'refund') continue
    shop.choose('reviewed', stan)
    shop.shot(`settle-review-${kind}-seen`)
  }
  shop.choose('settle')
  if (shop.step() === 'approveBatch') shop.sign('00')
  shop.shot('settle-with-the-bank')
}

function settledWithSlipsOpen(shots: Played[]): void {
  const shop = paid(openStage({}, {}, shots))
  const job = shop.state().slips[0]?.slip.job ?? ''
  shop.tell({ type: 'printEnded', job, outcome: { kind: 'interrupted', trouble: 'paperOut' } })
  shop.shot('sale-paid-paper-out')
  shop.home()
  shop.shot('home-slips-owed')
  shop.press('menu', '0')
  gather(shop)
  shop.shot('settle-slips-open')
  shop.press('confirm')
  shop.shot('settle-approve')
  shop.home()
  shop.press('menu')
  shop.choose('signOut')
  shop.shot('sign-out-slips-owed')
}

function slipInDoubt(shots: Played[]): void {
  const shop = paid(openStage({}, {}, shots))
  const job = shop.state().slips[0]?.slip.job ?? ''
  shop.tell({ type: 'printEnded', job, outcome: { kind: 'unsure' } })
  shop.shot('sale-paid-slip-unsure')
  shop.home()
  shop.press('menu', '3')
  shop.shot('open-slip-unsure')
  shop.choose('paperComplete', job)
  shop.home()
  shop.press('menu', '2')
  shop.shot('records-slip-seen')
}

function incidents(shots: Played[]): void {
  const shop = paid(openStage({}, {}, shots))
  shop.choose('correct')
  shop.choose('cannotMend')
  shop.shot('incident-which')
  shop.choose('tooMuchTaken')
  shop.shot('incident-how-much-asked')
  shop.press('8', 'confirm')
  shop.shot('incident-kept')
  shop.home()
  shop.press('menu', '3')
  shop.shot('open-incident')
  shop.home()
  signInAs(shop, '00')
  shop.press('menu', '3')
  shop.choose('closeIncident', shop.state().incidents?.[0]?.id)
  shop.shot('incident-close')
  shop.home()
  shop.press('menu', '9', '9')
  shop.shot('menu-third')
  shop.press('1')
  shop.shot('settings')
}

export const DAY_END = play(
  records,
  search,
  settlement,
  settledWithSlipsOpen,
  slipInDoubt,
  incidents,
)
