/** The conformance run on simulated devices with simulated hands: a good device passes, and what is wrong with a bad one is named. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { fromHex } from '#crypto/hex.ts'
import { systemClock } from '#shell/system-clock.ts'
import { type ConformOptions, conform } from '../../../scripts/conformance/conform.ts'
import type { Tester } from '../../../scripts/conformance/step.ts'
import { loadCards } from '../../rig/cards.ts'
import { startCardReaderSim } from '../../rig/sim/card-reader/card-reader-sim.ts'
import { startPinPadSim } from '../../rig/sim/pin-pad/pin-pad-sim.ts'
import { startPrinterSim } from '../../rig/sim/printer/printer-sim.ts'
import { startScannerSim } from '../../rig/sim/qr-scanner/scanner-sim.ts'
import type { Simulator } from '../../rig/sim/simulator.ts'
import { until } from '../../terminal/shop.ts'

const SURETILL_RIG = fileURLToPath(new URL('../../../scripts/suretill-rig', import.meta.url))
const MASTER_KEY = '0123456789ABCDEFFEDCBA9876543210'
const SLOW_MS = 60_000
const USUAL = {
  baudRate: 115_200,
  columns: 32,
  suffix: '\r',
  trigger: 'honeywell',
  masterKeyIndex: 0,
  masterKey: fromHex(MASTER_KEY),
} as const

function port(): string {
  const folder = mkdtempSync(join(tmpdir(), 'conform-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'port')
}

/** Hands that do what they are told, by the English half of the instruction. */
function hands(
  device: Simulator<unknown>,
  actions: Readonly<Record<string, () => void>>,
  says: 'yes' | 'no' = 'yes',
): Tester {
  const all = { ...actions, Pull: () => device.unplug(), 'Put the cable back': () => device.plug() }
  return {
    hand: (instruction) => {
      const found = Object.entries(all).find(([start]) => instruction.includes(start))
      if (found === undefined) throw new Error(`nobody knows how to: ${instruction}`)
      setImmediate(found[1])
      return true
    },
    confirm: () => Promise.resolve(says),
  }
}

async function verdictsOf(
  options: Pick<ConformOptions, 'device' | 'path'> & Partial<ConformOptions>,
  tester: Tester,
) {
  const verdicts = await conform(
    { ...USUAL, ...options },
    { clock: systemClock, tester, tell: () => undefined },
  )
  return verdicts.map(
    (one) => `${one.kind}: ${one.title}${one.kind === 'failed' ? `: ${one.why}` : ''}`,
  )
}

const failures = (verdicts: readonly string[]) =>
  verdicts.filter((one) => !one.startsWith('passed'))

test(
  'a good printer passes every step',
  async () => {
    const printer = startPrinterSim({ path: port(), columns: 32 })
    onTestFinished(() => printer.stop())
    const tester = hands(printer, {
      'Open the cover': () => printer.setCover('open'),
      'Close the cover': () => printer.setCover('closed'),
      'Take the paper out': () => printer.setPaper('out'),
      'Put the paper back': () => printer.setPaper('ok'),
    })
    const verdicts = await verdictsOf({ device: 'printer', path: printer.path }, tester)
    expect(failures(verdicts)).toEqual([])
    expect(verdicts).toHaveLength(6)
  },
  SLOW_MS,
)

test(
  'a slip that cannot be read is the tester’s word, and it counts',
  async () => {
    const printer = startPrinterSim({ path: port(), columns: 32 })
    onTestFinished(() => printer.stop())
    const nobody: Tester = { hand: () => false, confirm: () => Promise.resolve('no') }
    expect(failures(await verdictsOf({ device: 'printer', path: printer.path }, nobody))).toContain(
      'failed: the slip can be read: the tester says that it cannot',
    )
  },
  SLOW_MS,
)

test(
  'a good pad passes: the PIN comes out of the block under the key that it was told',
  async () => {
    const pad = startPinPadSim({ path: port(), masterKeys: { 0: MASTER_KEY } })
    onTestFinished(() => pad.stop())
    const whenAsked = (act: () => void) => () =>
      void until(pad, () => pad.state().entering).then(act)
    const tester = hands(pad, {
      'Type 1234': whenAsked(() => {
        for (const key of ['1', '2', '3', '4', 'enter'] as const) pad.press(key)
      }),
      'Press cancel': whenAsked(() => pad.press('cancel')),
    })
    const verdicts = await verdictsOf({ device: 'pin-pad', path: pad.path, baudRate: 9600 }, tester)
    expect(failures(verdicts)).toEqual([])
    expect(verdicts).toHaveLength(7)
  },
  SLOW_MS,
)

test(
  'a pad with another master key is found out by its block',
  async () => {
    const pad = startPinPadSim({
      path: port(),
      masterKeys: { 0: '11111111111111112222222222222222' },
    })
    onTestFinished(() => pad.stop())
    const tester = hands(pad, {
      'Type 1234': () =>
        void until(pad, () => pad.state().entering).then(() => {
          for (const key of ['1', '2', '3', '4', 'enter'] as const) pad.press(key)
        }),
      'Press cancel': () =>
        void until(pad, () => pad.state().entering).then(() => pad.press('cancel')),
    })
    expect(
      failures(await verdictsOf({ device: 'pin-pad', path: pad.path, baudRate: 9600 }, tester)),
    ).toEqual([expect.stringContaining('the block does not open under the key')])
  },
  SLOW_MS,
)

test(
  'a good reader passes with a card in three ways',
  async () => {
    const cards = loadCards(fileURLToPath(new URL('../../rig/cards.yaml', import.meta.url)))
    const reader = startCardReaderSim({ path: port(), cards, contactlessNoPinMinor: 100_000 })
    onTestFinished(() => reader.stop())
    const whenLit = (act: () => void) => () =>
      void until(reader, () => reader.state().lit).then(act)
    const tester = hands(reader, {
      'Tap a test card': whenLit(() => reader.tap('debit')),
      'Insert a test card': whenLit(() => reader.insert('debit')),
      'Swipe a test card': whenLit(() => reader.swipe('stripe')),
      'Take the card out': () => reader.remove(),
    })
    const verdicts = await verdictsOf({ device: 'card-reader', path: reader.path }, tester)
    expect(failures(verdicts)).toEqual([])
    expect(verdicts).toHaveLength(7)
  },
  SLOW_MS,
)

test(
  'a good scanner passes with three codes, and keeps quiet when it is not armed',
  async () => {
    const scanner = startScannerSim({ path: port(), suffix: '\r', aimIdentifier: ']Q1' })
    onTestFinished(() => scanner.stop())
    const tester = hands(scanner, {
      'a bar code': () => scanner.show('6901234567892'),
      'a short QR code': () => scanner.show('135112298638468293'),
      'more than 60': () => scanner.show('x'.repeat(90)),
      'Show a code again': () => scanner.show('284444444444444444'),
    })
    const verdicts = await verdictsOf(
      { device: 'qr-scanner', path: scanner.path, baudRate: 9600 },
      tester,
    )
    expect(failures(verdicts)).toEqual([])
    expect(verdicts).toHaveLength(6)
  },
  SLOW_MS,
)

const reportSchema = z.object({
  ok: z.boolean(),
  totals: z.object({ passed: z.int(), failed: z.int(), notTried: z.int() }),
})

test(
  'the command with --yes leaves out what needs a hand, says so, and writes JSON and JUnit',
  async () => {
    const printer = startPrinterSim({ path: port(), columns: 32 })
    onTestFinished(() => printer.stop())
    const junit = `${printer.path}.xml`
    const flags = ['--device', printer.path, '--columns', '32', '--yes', '--json', '--junit', junit]
    const { code, out } = await rig('conformance', 'printer', ...flags)
    expect(code).toBe(0)
    expect(reportSchema.parse(JSON.parse(out))).toEqual({
      ok: true,
      totals: { passed: 2, failed: 0, notTried: 4 },
    })
    expect(readFileSync(junit, 'utf8')).toContain('tests="6" failures="0" skipped="4"')
  },
  SLOW_MS,
)

test(
  'nothing at the path is a failure of the first step, and the rest is not tried',
  async () => {
    const { code, out } = await rig('conformance', 'qr-scanner', '--device', port(), '--yes')
    expect(code).toBe(1)
    expect(out).toContain('FAIL')
    expect(out).toContain('0 passed, 1 failed, 5 not tried.')
  },
  SLOW_MS,
)

test('an unknown kind of device is wrong usage', async () => {
  expect((await rig('conformance', 'toaster', '--device', '/dev/null')).code).toBe(2)
})

function rig(...args: string[]): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    const child = execFile(SURETILL_RIG, args, (_, out) =>
      resolve({ code: child.exitCode ?? -1, out }),
    )
  })
}
