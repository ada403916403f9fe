/** One thing that a device must do, who helps with it, and what came of it. */
import type { Clock } from '#core/ports/clock.ts'
import type { Device, DeviceHealth } from '#core/ports/device.ts'

export type Outcome =
  | { readonly kind: 'passed'; readonly note: string }
  | { readonly kind: 'failed'; readonly why: string }
  /** Nobody is there to lend a hand, or what it needs was not given. */
  | { readonly kind: 'notTried'; readonly why: string }

export type Step = { readonly title: string; readonly run: () => Promise<Outcome> }

export type Tester = {
  /** Says what to do; false when nobody is there. What follows is waited for, so nothing is to be pressed. */
  readonly hand: (instruction: string) => boolean
  /** `assumed`: nobody was asked. */
  readonly confirm: (question: string) => Promise<'yes' | 'no' | 'assumed'>
}

export type Verdict = Outcome & { readonly title: string; readonly ms: number }

/** Opening, greeting, and the repeats of both. */
export const OPEN_MS = 8_000
/** Long enough to fetch a roll of paper or a card. */
export const HAND_MS = 60_000

export const passed = (note = ''): Outcome => ({ kind: 'passed', note })
export const failed = (why: string): Outcome => ({ kind: 'failed', why })
export const notTried = (why: string): Outcome => ({ kind: 'notTried', why })
export const NOBODY = notTried('nobody was there to do it')

/** Runs the steps in their order; a device that does not open is asked nothing more. */
export async function runSteps(
  steps: readonly Step[],
  clock: Clock,
  tell: (verdict: Verdict) => void,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  let isOpen = true
  for (const [index, { run, title }] of steps.entries()) {
    const began = clock.monotonicMs()
    const outcome = isOpen ? await run() : notTried('the device did not open')
    if (index === 0 && outcome.kind !== 'passed') isOpen = false
    const verdict = { ...outcome, title, ms: Math.round(clock.monotonicMs() - began) }
    verdicts.push(verdict)
    tell(verdict)
  }
  return verdicts
}

/** Waits until the health is as wanted. False after `withinMs`. */
export function becomes(
  device: Device,
  wanted: (health: DeviceHealth) => boolean,
  { clock, withinMs }: { readonly clock: Clock; readonly withinMs: number },
): Promise<boolean> {
  if (wanted(device.health)) return Promise.resolve(true)
  return new Promise((resolve) => {
    const stop = clock.after(withinMs, () => resolve(false))
    device.onHealth((health) => {
      if (!wanted(health)) return
      stop()
      resolve(true)
    })
  })
}

export function isMute({ troubles }: DeviceHealth): boolean {
  return troubles.some((one) => one === 'gone' || one === 'noAnswer' || one === 'garbled')
}
