/** Before the first sale and beside the sales: people, sticker, link, trouble, drill. */
import { setupForDrill, stateForDrill } from '#core/drill/state-for-drill.ts'
import { NO_HISTORY, withSale } from '#core/guard/sales-history.ts'
import { minor } from '#core/money.ts'
import { initialState } from '#core/terminal/recover.ts'
import { counterFrom, NOON, withPins } from '../../core/counter.ts'
import { TASKS } from '../fixtures/parts.ts'
import { openStage, type Played, paid, pictured, play, SHOP } from './stage.ts'

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const

function morning(shots: Played[]): void {
  const shop = openStage({ payee: { daily: true } }, {}, shots)
  shop.shot('sticker-in-the-morning')
  shop.tell({ type: 'codeRefused', why: 'PAYEE_CODE_WECHAT', digits: 40, payee: 'foreign' })
  shop.shot('sticker-foreign')
  shop.press('confirm')
  shop.shot('home-foreign-sticker')
  shop.press('menu', '3')
  shop.shot('open-foreign-sticker')
  shop.home()
  shop.press('menu', '6')
  shop.shot('sign-in-asked')
  shop.sign('01', false)
  shop.shot('sign-in-wrong')
}

function troubles(shots: Played[]): void {
  const shop = openStage({}, {}, shots)
  for (const device of ['cardReader', 'qrScanner'] as const)
    shop.tell({ type: 'deviceHealthChanged', health: { device, troubles: ['gone'] } })
  shop.shot('home-reader-and-scanner-gone')
  shop.tell({ type: 'linkProbed', alive: false })
  shop.shot('home-link-down')
  const off = openStage({}, {}, shots)
  off.press('menu', '9', '4')
  off.tell({ type: 'signOffEnded', outcome: 'accepted', code: '' })
  off.shot('home-signed-off')
  const other = openStage({}, {}, shots)
  other.tell({ type: 'hostAsked', request: 1 })
  other.press('3', '8')
  other.shot('home-release-waits', {
    strip: {
      operator: '00',
      link: 'up',
      paper: 'nearEnd',
      openItems: 1,
      faults: [],
      releaseWaits: true,
    },
  })
  paid(other)
  other.home()
  other.restart()
  other.shot('after-power-cut')
}

function drill(shots: Played[]): void {
  const asked = openStage({}, {}, shots)
  asked.press('menu', '9', '7')
  asked.shot('drill-approve')
  const setup = setupForDrill({ ...SHOP, operators: PEOPLE }, [
    { id: 'goods', kind: 'judge', isPayment: false, task: TASKS.judge },
    { id: 'tag', kind: 'charge', amountMinor: minor(3800), task: TASKS.charge },
  ])
  const before = { ...counterFrom().state(), operators: withPins(PEOPLE) }
  const shop = openStage(setup, stateForDrill(before), shots)
  shop.shot('drill-home')
  shop.press('menu', '9')
  shop.shot('drill-menu')
  shop.choose('exercises')
  shop.shot('drill-judge')
  shop.choose('refuseCode')
  shop.shot('drill-task')
  paid(shop)
  shop.shot('drill-paid')
  shop.home()
  shop.shot('drill-exercises-done')
}

/** A noodle shop at noon, to which 380 is unlike anything. */
function unlikeTheOthers(shots: Played[]): void {
  let history = NO_HISTORY
  for (let sale = 0; sale < 300; sale += 1)
    history = withSale(history, minor(1800 + (sale % 30) * 100), NOON)
  const guard = {
    enoughSales: 100,
    unusualBelow: 5,
    unusualAbove: 10,
    edgeBelow: 20,
    edgeAbove: 30,
    secondPersonAboveMinor: minor(2_000_000),
    lookMs: 800,
  }
  const shop = openStage({ amountGuard: guard }, { history }, shots)
  shop.press('3', '8', '0', 'confirm')
  shop.shot('amount-unusual')
  shop.press('confirm')
  shop.shot('amount-key-again')
  shop.press('3', '0', '0', 'confirm')
  shop.shot('amount-differs')
  shop.home()
  shop.press('2', '0', '0', '0', '1', 'confirm', 'confirm', '2', '0', '0', '0', '1', 'confirm')
  shop.shot('amount-needs-supervisor')
}

function fromTheTill(shots: Played[]): void {
  const shop = openStage({ till: { linesOnSlip: true } }, {}, shots)
  shop.tell({
    type: 'tillOrdered',
    wish: {
      kind: 'sale',
      of: '',
      reference: 'T-20261121-0042',
      amountMinor: minor(5600),
      lines: [
        { name: '牛肉面', quantity: 2, amountMinor: minor(5000) },
        { name: 'Jasmine tea', quantity: 1, amountMinor: minor(600) },
      ],
    },
    known: [],
    originals: [],
  })
  shop.shot('till-order')
}

function firstRun(shots: Played[]): void {
  shots.push(pictured('switched-on', initialState()))
  const shop = openStage({}, { operators: [] }, shots)
  shop.restart()
  shop.shot('first-pin')
}

/** A printer that owes slips: the step that comes next, and its slips as files. */
function printerGone(shots: Played[]): void {
  for (const trouble of [
    'paperOut',
    'coverOpen',
    'cutterJammed',
    'headHot',
    'noAnswer',
    'gone',
  ] as const) {
    const shop = paid(openStage({}, {}, shots))
    const job = shop.state().slips[0]?.slip.job ?? ''
    const tell = (troubles: readonly (typeof trouble)[]): void =>
      void shop.tell({ type: 'deviceHealthChanged', health: { device: 'printer', troubles } })
    tell([trouble])
    shop.tell({ type: 'printEnded', job, outcome: { kind: 'interrupted', trouble } })
    shop.home()
    shop.press('menu', '3')
    shop.shot(`printer-mend-${trouble}`)
    if (trouble === 'gone') {
      shop.tell({ type: 'slipsExported', jobs: [] })
      shop.shot('slips-not-exported')
      shop.tell({ type: 'slipsExported', jobs: [job] })
      shop.shot('slips-exported')
    }
    tell([])
    shop.shot(`printer-mended-${trouble}`)
  }
}

export const AROUND = play(
  morning,
  troubles,
  printerGone,
  unlikeTheOthers,
  fromTheTill,
  drill,
  firstRun,
)
