/** The printer and the paper that people hold in their hands, which is not always what the printer says. */
import type { Slip } from '#core/receipt/slip.ts'
import type { Tell, WorldParts } from './world-parts.ts'

/** A piece of paper. `complete` when its last line is on it. */
export type Sheet = { readonly slip: Slip; readonly complete: boolean }

export type Printer = {
  readonly print: (slip: Slip, tell: Tell) => void
  /** Everything that ever came out, oldest first. */
  readonly paper: readonly Sheet[]
  /** A whole paper of this slip came out. */
  readonly isWhole: (job: string) => boolean
  readonly reportHealth: () => void
  /** The terminal's power went; the printer has its own and does with its buffer what it likes. */
  readonly terminalDied: () => void
  readonly unplug: () => void
}

type Job = { readonly slip: Slip; readonly tell: Tell }
type Trouble = 'paperOut' | 'gone'

const REFILL_WITHIN_MS = 180_000

export function createPrinter({ timeline, random, faults, voice }: WorldParts): Printer {
  const paper: Sheet[] = []
  const whole = new Set<string>()
  const waiting: Job[] = []
  let current: Job | null = null
  let trouble: Trouble | null = null

  const reportHealth = (): void => {
    const troubles = trouble === null ? [] : [trouble]
    voice()({ type: 'deviceHealthChanged', health: { device: 'printer', troubles } })
  }
  const fail = (why: Trouble): void => {
    if (trouble !== null) return
    trouble = why
    timeline.after(random.between(1_000, REFILL_WITHIN_MS), () => {
      trouble = null
      reportHealth()
    })
    reportHealth()
  }
  const feed = (slip: Slip, complete: boolean): void => {
    paper.push({ slip, complete })
    if (complete) whole.add(slip.job)
  }
  /** Nobody at the terminal knows which it was. */
  const feedSomething = (slip: Slip): void => {
    const much = random.between(0, 2)
    if (much > 0) feed(slip, much === 2)
  }

  const finish = (job: Job): void => {
    if (current !== job) return
    current = null
    const { slip, tell } = job
    const id = slip.job
    if (faults.strikes('cutMidSlip')) {
      feed(slip, false)
      fail('paperOut')
      tell({ type: 'printEnded', job: id, outcome: { kind: 'interrupted', trouble: 'paperOut' } })
    } else if (faults.strikes('printerUnsure')) {
      feedSomething(slip)
      if (random.chance(0.5)) fail('gone')
      tell({ type: 'printEnded', job: id, outcome: { kind: 'unsure' } })
    } else {
      feed(slip, true)
      tell({ type: 'printEnded', job: id, outcome: { kind: 'printed', proof: 'processId' } })
    }
    pump()
  }

  const pump = (): void => {
    const job = current === null ? waiting.shift() : undefined
    if (job === undefined) return
    current = job
    if (trouble === null && faults.strikes('paperOut')) fail('paperOut')
    const standing = trouble
    if (standing !== null) {
      timeline.after(random.between(1, 500), () => {
        if (current !== job) return
        current = null
        const outcome = { kind: 'notStarted', trouble: standing } as const
        job.tell({ type: 'printEnded', job: job.slip.job, outcome })
        pump()
      })
      return
    }
    const slow = faults.strikes('slowPrinter') ? random.between(0, 20_000) : 0
    timeline.after(random.between(700, 1_800) + slow, () => finish(job))
  }

  return {
    paper,
    isWhole: (job) => whole.has(job),
    print: (slip, tell) => {
      waiting.push({ slip, tell })
      pump()
    },
    reportHealth,
    terminalDied: () => {
      waiting.length = 0
      if (current !== null && trouble === null) feedSomething(current.slip)
      current = null
    },
    unplug: () => fail('gone'),
  }
}
