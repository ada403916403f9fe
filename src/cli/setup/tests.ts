/** A new terminal proves itself: printer and scanner, devices, sign-on, a sale and its void in the drill. */
import type { QrScannerPort } from '#core/ports/qr-scanner.ts'
import type { ScreensApi } from '#shell/api/screens-api.ts'
import type { View } from '#shell/api/view.ts'
import type { Answers } from '#shell/commission/answers.ts'
import { drillRound } from '#shell/commission/drill-round.ts'
import { renderSheet, type Sheet } from '#shell/commission/sheet.ts'
import type { TerminalFile } from '#shell/config/terminal-file.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import type { SetupDesk } from './desk.ts'
import { whileRunning } from './live.ts'
import type { Making } from './people.ts'

export type Step = {
  readonly name: 'printer' | 'scanner' | 'devices' | 'signOn' | 'drill'
  readonly result: 'passed' | 'skipped' | 'failed'
  readonly detail: string
}

export type Tried =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly sentence: string }

type Trying = Making & { readonly isGuided: boolean; readonly hasKey: boolean }

/** In order; the first that fails ends it, unless somebody is there to try again or to go on without. */
export async function tryTerminal(desk: SetupDesk, trying: Trying): Promise<Tried> {
  const { answers, file, hasKey } = trying
  const isProduction = file.profile === 'production'
  const steps: Step[] = []
  const wanted = (test: keyof Answers['tests']): boolean => answers.tests[test] && !isProduction
  const one = async (
    name: Step['name'],
    isWanted: boolean,
    work: () => Promise<Verdict>,
  ): Promise<boolean> => {
    const step = isWanted ? await insist(desk, trying.isGuided, name, work) : SKIPPED
    steps.push({ name, ...step })
    desk.prompt.say(
      `${desk.words(`setup.step.${name}`)}: ${desk.words(`setup.${step.result}`)} ${step.detail}`.trimEnd(),
    )
    return step.result !== 'failed'
  }
  const stopped = (): Tried => {
    const last = steps.at(-1)
    const step = desk.words(`setup.step.${last?.name ?? ''}`)
    return {
      ok: false,
      sentence: desk.words('setup.stepFailed', { step, detail: last?.detail ?? '' }),
    }
  }
  if (!(await one('printer', wanted('printer'), () => testPrinter(desk, trying)))) return stopped()
  if (!(await one('scanner', wanted('scanner'), () => testScanner(desk, trying)))) return stopped()
  const lived = await whileRunning(desk.running, trying.places, async (api) => {
    if (!(await one('devices', !isProduction, () => devicesWell(desk, api)))) return false
    if (!(await one('signOn', wanted('signOn') && hasKey, () => signedOn(desk, api)))) return false
    return await one('drill', wanted('drill'), () => drill(desk, trying, api))
  })
  if (isProduction) return { ok: true, steps }
  if (!lived.ok) return { ok: false, sentence: lived.sentence }
  return lived.result ? { ok: true, steps } : stopped()
}

type Verdict = { readonly result: 'passed' | 'failed'; readonly detail: string }
const SKIPPED = { result: 'skipped', detail: '' } as const
const passed = (detail = ''): Verdict => ({ result: 'passed', detail })
const failed = (detail: string): Verdict => ({ result: 'failed', detail })

async function insist(
  { prompt, words }: SetupDesk,
  isGuided: boolean,
  name: Step['name'],
  work: () => Promise<Verdict>,
): Promise<Verdict | typeof SKIPPED> {
  for (;;) {
    const verdict = await work()
    if (verdict.result === 'passed' || !isGuided) return verdict
    prompt.say(
      words('setup.stepFailed', { step: words(`setup.step.${name}`), detail: verdict.detail }),
    )
    const answer = prompt.ask(words('setup.againOrSkip'))
    if (answer === 's') return SKIPPED
    if (answer === null || answer === 'q') return verdict
  }
}

async function testPrinter(desk: SetupDesk, { file }: Trying): Promise<Verdict> {
  const title = desk.words('setup.testSlip')
  const outcome = await printSheet(desk, file, { title, lines: [], signatures: [] })
  return outcome === 'printed' ? passed() : failed(outcome)
}

/** On the terminal's own printer, while nothing else has it: `printed`, or what was in the way. */
export async function printSheet(
  { clock, patience, running }: SetupDesk,
  file: TerminalFile,
  sheet: Sheet,
): Promise<string> {
  const { printer } = running.openDevices(file.devices, { clock, arena: createSecretArena() })
  let stopTimer: () => void = () => undefined
  try {
    await new Promise<void>((resolve) => {
      stopTimer = clock.after(patience.deviceMs, resolve)
      printer.onHealth(({ troubles }) => troubles.length === 0 && resolve())
      printer.start()
    })
    const outcome = await printer.print({
      id: 'TEST',
      body: renderSheet(sheet, printer.profile).escpos,
    })
    return 'trouble' in outcome ? outcome.trouble : outcome.kind
  } finally {
    stopTimer()
    await printer.close()
  }
}

async function testScanner(desk: SetupDesk, { file }: Trying): Promise<Verdict> {
  const { clock, patience, prompt, words } = desk
  const { qrScanner } = desk.running.openDevices(file.devices, {
    clock,
    arena: createSecretArena(),
  })
  prompt.say(words('setup.showCode'))
  try {
    const marks = await firstReading(qrScanner, (done) => clock.after(patience.scanMs, done))
    return marks === null
      ? failed(qrScanner.health.troubles.join(' ') || 'nothing read')
      : passed(words('setup.characters', { count: marks }))
  } finally {
    await qrScanner.close()
  }
}

/** How many characters were read, and not which; null when the time was up. */
async function firstReading(
  scanner: QrScannerPort,
  after: (done: () => void) => () => void,
): Promise<number | null> {
  const read = await new Promise<number | null>((resolve) => {
    const stop = after(() => resolve(null))
    scanner.onRead(({ bytes }) => {
      stop()
      const { length } = bytes
      bytes.fill(0)
      resolve(length)
    })
    scanner.onHealth(({ troubles }) => troubles.length === 0 && scanner.arm())
    scanner.start()
  })
  scanner.disarm()
  return read
}

async function devicesWell(desk: SetupDesk, api: ScreensApi): Promise<Verdict> {
  const view = await sight(
    desk,
    api,
    ({ strip }) => strip.faults.every(({ params }) => params['device'] === undefined),
    desk.patience.deviceMs,
  )
  if (view !== null) return passed()
  return failed(
    api
      .view()
      .strip.faults.map(({ key, params }) => `${params['device'] ?? ''} ${key}`.trim())
      .join(', '),
  )
}

async function signedOn(desk: SetupDesk, api: ScreensApi): Promise<Verdict> {
  const view = await sight(desk, api, ({ strip }) => strip.link === 'up', desk.patience.signOnMs)
  return view === null ? failed(api.view().message?.key ?? 'link.down') : passed()
}

async function drill(desk: SetupDesk, { answers }: Trying, api: ScreensApi): Promise<Verdict> {
  const [first, second] = answers.people.filter(({ role }) => role !== 'cashier')
  if (first === undefined || second === undefined) return failed('people')
  const outcome = await drillRound({
    api,
    clock: desk.clock,
    first,
    second,
    onPresent: (what) => desk.prompt.say(desk.words(`setup.present.${what}`)),
    patienceMs: desk.patience.deviceMs,
  })
  return outcome.ok ? passed(`${outcome.sale} / ${outcome.voided}`) : failed(outcome.at)
}

/** The first view that is so; null when none came in time. */
async function sight(
  { clock }: SetupDesk,
  api: ScreensApi,
  wanted: (view: View) => boolean,
  withinMs: number,
): Promise<View | null> {
  return await new Promise((resolve) => {
    let stopLooking: () => void = () => undefined
    const stopTimer = clock.after(withinMs, () => {
      stopLooking()
      resolve(null)
    })
    const look = (view: View): void => {
      if (!wanted(view)) return
      stopTimer()
      stopLooking()
      resolve(view)
    }
    stopLooking = api.onView(look)
    look(api.view())
  })
}
