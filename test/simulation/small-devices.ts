/** PIN pad and scanner: what a customer does at them, and what they do by themselves. */
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { CodeFacts } from '#core/transaction/tender.ts'
import type { Tell, WorldParts } from './world-parts.ts'

export type PinPad = {
  readonly request: (effect: Extract<Effect, { do: 'requestPin' }>, tell: Tell) => void
  readonly cancel: () => void
  readonly powerOff: () => void
}

type PinEnd = Extract<EventBody, { type: 'pinEnded' }>['why']

/** Settles each request once, whatever happens first. */
export function createPinPad(parts: WorldParts, timeoutMs: number): PinPad {
  const { timeline, random, faults } = parts
  let settle: ((why: PinEnd | 'entered') => void) | null = null

  const customer = (): { how: PinEnd | 'entered'; ms: number } => {
    const ms = random.between(1_500, 9_000)
    if (faults.strikes('pinCancelled')) return { how: 'cancelled', ms }
    if (faults.strikes('pinTimedOut')) return { how: 'timedOut', ms: timeoutMs }
    if (faults.strikes('pinBypassed')) return { how: 'bypassed', ms }
    return { how: faults.strikes('padGone') ? 'deviceFailed' : 'entered', ms }
  }

  return {
    request: ({ stan }, tell) => {
      const { how, ms } = customer()
      const stopTimer = timeline.after(ms, () => settle?.(how))
      settle = (why) => {
        settle = null
        stopTimer()
        if (why === 'entered') tell({ type: 'pinEntered', stan })
        else tell({ type: 'pinEnded', stan, why, trouble: why === 'deviceFailed' ? 'gone' : null })
      }
    },
    cancel: () => {
      const ending = settle
      if (ending !== null) timeline.after(10, () => settle === ending && ending('cancelled'))
    },
    powerOff: () => {
      settle = null
    },
  }
}

export type Scanner = {
  readonly arm: (tell: Tell) => void
  readonly disarm: () => void
  /** A phone is held out. False when the scanner is dark. */
  readonly show: (code: CodeFacts) => boolean
  readonly unplug: () => void
  readonly reportHealth: () => void
}

export function createScanner({ timeline, random, faults, voice }: WorldParts): Scanner {
  let armed: Tell | null = null
  let gone = false
  const reportHealth = (): void => {
    const troubles = gone ? (['gone'] as const) : []
    voice()({ type: 'deviceHealthChanged', health: { device: 'qrScanner', troubles } })
  }
  return {
    arm: (tell) => {
      if (!gone) armed = tell
    },
    disarm: () => {
      armed = null
    },
    show: (code) => {
      const tell = armed
      if (tell === null) return false
      if (faults.strikes('wrongCode')) {
        tell({ type: 'codeRefused', why: 'MERCHANT_CODE', digits: 0 })
        return true
      }
      const twice = faults.strikes('doubleRead')
      if (faults.strikes('doubtedCode')) tell({ type: 'codeDoubted', code, why: 'PAN_LOOKALIKE' })
      else tell({ type: 'codeAccepted', code })
      // Another customer's phone comes into view, in time to be refused or just too late.
      if (faults.strikes('secondPhone')) {
        const other = {
          ...code,
          handle: `${code.handle}-other`,
          fingerprint: `${code.fingerprint}X`,
        }
        timeline.after(random.between(0, 1_500), () =>
          armed?.({ type: 'codeAccepted', code: other }),
        )
      }
      if (!twice) return true
      // The second read was on its way before the scanner went dark.
      const again = { ...code, handle: `${code.handle}-again` }
      timeline.after(random.between(0, 400), () => tell({ type: 'codeAccepted', code: again }))
      return true
    },
    unplug: () => {
      if (gone) return
      gone = true
      armed = null
      reportHealth()
      timeline.after(random.between(500, 60_000), () => {
        gone = false
        reportHealth()
      })
    },
    reportHealth,
  }
}
