/** A whole laboratory with its pages open in a real browser: counter and customer, and where it is wanted the bench. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { parseDocument } from 'yaml'
import { customerAddress } from '../rig/bench/customer-address.ts'
import { type Laboratory, startLaboratory } from '../rig/laboratory.ts'
import { type BenchHands, benchHands } from './bench-hands.ts'
import { openChromium } from './chromium.ts'
import { type CounterHands, counterHands, type Means } from './counter-hands.ts'
import { CASHIER, EVERYBODY } from './operators.ts'

/** As the counter and customer screens are built. */
const SCREEN = { width: 480, height: 800 }
const BENCH = { width: 1280, height: 800 }

export type Wishes = {
  /** How the cashier works the counter screen. */
  readonly means: Means
  /** The cashier alone instead of the three operators of the demo: a shorter first run. */
  readonly cashierOnly?: true
  /** What the data folder holds before the first start. */
  readonly past?: (dataFolder: string) => void
  /** Values of terminal.yaml by dotted path. */
  readonly config?: Readonly<Record<string, unknown>>
}

/** Terminal, counter and customer's screen. Devices are worked at the simulators; a page that draws them would cost more than all the rest. */
export type CounterShop = {
  readonly laboratory: Laboratory
  readonly dataFolder: string
  /** Where the counter screen is; the token of the terminal stands behind the hash. */
  readonly screens: () => string
  readonly counter: CounterHands
  readonly customer: Page
  /** Starts the terminal and opens both of its screens. */
  readonly switchOn: () => Promise<void>
  /** First PINs for everybody, then the cashier signs in. Gives the questions asked on the way. */
  readonly firstRun: () => Promise<readonly string[]>
  /** Rejects when one of the pages had an error of its own. */
  readonly close: () => Promise<void>
}

/** The same with the bench beside it, where everything is done by clicks on the drawing. */
export type Shop = CounterShop & {
  readonly bench: BenchHands
  /** One more page, for looking at drawings. */
  readonly table: Page
}

/** Everything but the terminal is on; the caller switches it on, and closes the shop. */
export async function openShop(wishes: Wishes): Promise<Shop> {
  const { open, openScreens, shop } = await openRooms(wishes)
  const { laboratory } = shop
  const bench = benchHands(await open(BENCH), laboratory.bench.url)
  await bench.page.goto(laboratory.bench.url)
  return {
    ...shop,
    bench,
    table: await open(SCREEN),
    switchOn: async () => openScreens(await bench.powerOn()),
  }
}

/** The same without the bench. */
export async function openCounterShop(wishes: Wishes): Promise<CounterShop> {
  return (await openRooms(wishes)).shop
}

type Rooms = {
  readonly shop: CounterShop
  /** One more page; its own errors are the shop's. */
  readonly open: (viewport: typeof SCREEN) => Promise<Page>
  readonly openScreens: (address: string) => Promise<void>
}

async function openRooms(wishes: Wishes): Promise<Rooms> {
  const { means, cashierOnly = false } = wishes
  const operators = cashierOnly ? [CASHIER] : EVERYBODY
  const folder = mkdtempSync(join(tmpdir(), 'browser-'))
  const dataFolder = join(folder, 'data')
  const browser = await openChromium()
  const started = await startLaboratory({
    folder,
    ports: { acquirer: 0, bench: 0, screens: 0 },
    dataFolder,
  })
  if (started.kind !== 'running') {
    await browser.close()
    throw new Error(started.why)
  }
  const { laboratory } = started
  changeConfig(join(laboratory.rig.configFolder, 'terminal.yaml'), {
    ...(cashierOnly ? { operators: [{ number: CASHIER.number, role: 'cashier' }] } : {}),
    ...wishes.config,
  })
  wishes.past?.(dataFolder)

  const complaints: string[] = []
  const open = async (viewport: typeof SCREEN): Promise<Page> => {
    const page = await browser.newPage({ viewport, hasTouch: true, reducedMotion: 'reduce' })
    page.on('pageerror', (error) => void complaints.push(error.message))
    return page
  }
  const counterPage = await open(SCREEN)
  // A person's moment to read is given to its clock; nobody sits it out.
  await counterPage.clock.install()
  const counter = counterHands(counterPage, means)
  const customer = await open(SCREEN)
  let screens = ''
  const openScreens = async (address: string): Promise<void> => {
    screens = address
    await Promise.all([counter.page.goto(screens), customer.goto(customerAddress(screens))])
  }
  const shop: CounterShop = {
    laboratory,
    screens: () => screens,
    dataFolder,
    counter,
    customer,
    switchOn: async () => {
      const on = await laboratory.terminal?.powerOn()
      if (on?.kind !== 'ready') throw new Error(on?.why ?? 'there is no terminal')
      await openScreens(on.screens)
    },
    firstRun: async () => {
      const questions: string[] = []
      for (const operator of operators) questions.push(await counter.choosePin(operator))
      await counter.signIn(CASHIER)
      return questions
    },
    close: async () => {
      await browser.close()
      await laboratory.stop()
      rmSync(folder, { recursive: true, force: true })
      if (complaints.length > 0) throw new Error(`a page failed: ${complaints.join('; ')}`)
    },
  }
  return { shop, open, openScreens }
}

function changeConfig(file: string, changes: Readonly<Record<string, unknown>>): void {
  const document = parseDocument(readFileSync(file, 'utf8'))
  for (const [path, value] of Object.entries(changes)) {
    document.setIn(path.split('.'), document.createNode(value))
  }
  writeFileSync(file, document.toString({ lineWidth: 0 }))
}
