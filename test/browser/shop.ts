/** A whole laboratory with its three pages open in a real browser: bench, counter and customer. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { parseDocument } from 'yaml'
import { customerAddress } from '../rig/bench/customer-address.ts'
import { type Laboratory, startLaboratory } from '../rig/laboratory.ts'
import { type BenchHands, benchHands } from './bench-hands.ts'
import { openChromium } from './chromium.ts'
import { type CounterHands, counterHands, type Means, type Operator } from './counter-hands.ts'

/** As the counter and customer screens are built. */
const SCREEN = { width: 480, height: 800 }
const BENCH = { width: 1280, height: 800 }

/** In the order in which a new terminal asks for their PINs. */
export const EVERYBODY: readonly Operator[] = [
  { number: '99', pin: '864209' },
  { number: '00', pin: '731864' },
  { number: '01', pin: '270415' },
]
export const CASHIER: Operator = { number: '01', pin: '270415' }

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

export type Shop = {
  readonly laboratory: Laboratory
  readonly dataFolder: string
  /** Where the counter screen is; the token of the terminal stands behind the hash. */
  readonly screens: () => string
  readonly bench: BenchHands
  readonly counter: CounterHands
  readonly customer: Page
  /** Puts the plug in and opens both screens of the terminal. */
  readonly switchOn: () => Promise<void>
  /** First PINs for everybody, then the cashier signs in. Gives the questions asked on the way. */
  readonly firstRun: () => Promise<readonly string[]>
  /** One more page, for looking at drawings. */
  readonly table: Page
  /** Rejects when one of the pages had an error of its own. */
  readonly close: () => Promise<void>
}

/** Everything but the terminal is on; the caller switches it on, and closes the shop. */
export async function openShop(wishes: Wishes): Promise<Shop> {
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
    const page = await browser.newPage({
      viewport,
      hasTouch: means === 'touch',
      reducedMotion: 'reduce',
    })
    page.on('pageerror', (error) => void complaints.push(error.message))
    return page
  }
  const bench = benchHands(await open(BENCH), laboratory.bench.url)
  const counter = counterHands(await open(SCREEN), means)
  const customer = await open(SCREEN)
  await bench.page.goto(laboratory.bench.url)

  let screens = ''
  return {
    laboratory,
    screens: () => screens,
    dataFolder,
    bench,
    counter,
    customer,
    switchOn: async () => {
      screens = await bench.powerOn()
      await Promise.all([counter.page.goto(screens), customer.goto(customerAddress(screens))])
    },
    firstRun: async () => {
      const questions: string[] = []
      for (const operator of operators) questions.push(await counter.choosePin(operator))
      await counter.signIn(CASHIER)
      return questions
    },
    table: await open(SCREEN),
    close: async () => {
      await browser.close()
      await laboratory.stop()
      rmSync(folder, { recursive: true, force: true })
      if (complaints.length > 0) throw new Error(`a page failed: ${complaints.join('; ')}`)
    },
  }
}

function changeConfig(file: string, changes: Readonly<Record<string, unknown>>): void {
  const document = parseDocument(readFileSync(file, 'utf8'))
  for (const [path, value] of Object.entries(changes)) {
    document.setIn(path.split('.'), document.createNode(value))
  }
  writeFileSync(file, document.toString({ lineWidth: 0 }))
}
