/** A whole shop for a test: rig, acquirer, the terminal as a process of its own, and a cashier at its counter page. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject, onTestFinished } from 'vitest'
import { parseDocument } from 'yaml'
import { DIGIT_KEYS } from '#shell/api/view.ts'
import { type Rig, startRig } from '../rig/rig.ts'
import { theSources } from '../rig/shipped-program.ts'
import { createTerminalProcess, type TerminalProcess } from '../rig/terminal-process.ts'
import { type Cashier, connectCashier } from './cashier.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The program, as `lay-program.ts` has laid it out for this run. */
export function suretill(): string {
  return inject('terminalProgram')
}

export type Shop = {
  readonly rig: Rig
  readonly terminal: TerminalProcess
  readonly dataFolder: string
  readonly configFolder: string
  /** The counter page as somebody would see it now; a new one after every start. */
  readonly cashier: () => Cashier
  /** A customer who waits for the reader's light, and then taps, inserts or swipes a card of cards.yaml. */
  readonly present: (how: 'tap' | 'insert' | 'swipe', card: string) => Promise<void>
  /** A customer who waits for the pad to ask, and then types the PIN and enter. */
  readonly typePin: (pin: string) => Promise<void>
  /** A customer who presses cancel on the pad when it asks. */
  readonly refusePin: () => Promise<void>
  /** A customer's phone with a wallet's fresh payment code, or one of the wrong codes of cards.yaml, under the scanner. */
  readonly holdUp: (show: string) => void
  readonly powerOn: () => Promise<void>
  readonly powerCut: () => Promise<void>
}

export type Wishes = {
  /** Values of terminal.yaml by dotted path. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Of the process, as a service manager sets it. A snapshot takes no `NODE_OPTIONS`: with them the sources are started. */
  readonly environment?: Readonly<Record<string, string>>
  /** Leave the terminal off and the operator without a PIN. */
  readonly closed?: true
}

export const OPERATOR = { number: '01', pin: '270415' }
/** Long enough for a loaded machine, short enough for a test that waits for it to end. */
const REPLY_TIMEOUT_MS = 1500

export async function openShop(wishes: Wishes = {}): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'shop-'))
  const demoConfig = join(folder, 'demo')
  cpSync(join(ROOT, 'config', 'demo'), demoConfig, { recursive: true })
  changeConfig(join(demoConfig, 'terminal.yaml'), {
    operators: [{ number: OPERATOR.number, role: 'cashier' }],
    'acquirer.replyTimeoutMs': REPLY_TIMEOUT_MS,
    'acquirer.linkRetryMs': 300,
    'acquirer.reversal.retryAfterMs': 300,
    'slips.tearTimeoutMs': 200,
    ...wishes.config,
  })
  const rig = await startRig({ folder, demoConfig, ports: { acquirer: 0, screens: 0 } })
  const dataFolder = join(folder, 'data')
  const { environment = {} } = wishes
  const [program] = 'NODE_OPTIONS' in environment ? theSources().command : [suretill()]
  const terminal = createTerminalProcess({
    command: [program, 'run', '--json', '--config', rig.configFolder, '--data', dataFolder],
    environment,
  })
  let cashier: Cashier | null = null
  onTestFinished(async () => {
    cashier?.leave()
    await terminal.stop()
    await rig.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const powerOn = async (): Promise<void> => {
    const started = await terminal.powerOn()
    if (started.kind === 'failed') throw new Error(started.why)
    cashier = await connectCashier(started.screens)
  }
  const shop: Shop = {
    rig,
    terminal,
    dataFolder,
    configFolder: rig.configFolder,
    cashier: () => {
      if (cashier === null) throw new Error('the terminal is off')
      return cashier
    },
    present: async (how, card) => {
      await until(rig.cardReader, () => rig.cardReader.state().lit)
      rig.cardReader[how](card)
    },
    typePin: async (pin) => {
      await until(rig.pinPad, () => rig.pinPad.state().entering)
      for (const digit of pin.split('')) {
        const key = DIGIT_KEYS.find((one) => one === digit)
        if (key !== undefined) rig.pinPad.press(key)
      }
      rig.pinPad.press('enter')
    },
    refusePin: async () => {
      await until(rig.pinPad, () => rig.pinPad.state().entering)
      rig.pinPad.press('cancel')
    },
    holdUp: (show) => {
      if (!rig.phones.open('left', show)) throw new Error(`no phone shows ${show}`)
      rig.scanner.show(rig.phones.holdUp('left'))
    },
    powerOn,
    powerCut: async () => {
      await terminal.powerCut()
      cashier?.leave()
    },
  }
  if (wishes.closed === true) return shop
  await powerOn()
  await shop.cashier().chooseFirstPin(OPERATOR)
  await shop.cashier().signIn(OPERATOR)
  await shop.cashier().until(({ strip }) => strip.faults.length === 0, 'every device to be well')
  return shop
}

/** Resolves when the device is as wanted; the test's own time limit ends a wait in vain. */
export async function until(
  device: { onChange(listener: () => void): void },
  wanted: () => boolean,
): Promise<void> {
  if (wanted()) return
  await new Promise<void>((resolve) => device.onChange(() => wanted() && resolve()))
}

export function changeConfig(file: string, changes: Readonly<Record<string, unknown>>): void {
  const document = parseDocument(readFileSync(file, 'utf8'))
  for (const [path, value] of Object.entries(changes))
    document.setIn(path.split('.'), document.createNode(value))
  writeFileSync(file, document.toString())
}
