/** Cases one after the other: each is told as soon as it is over, and a failed one does not end the others. */
import type { Verdict } from './verdict.ts'

/** Gives what was measured, in milliseconds; throws in words. */
type Deed = () => Promise<Readonly<Record<string, number>>>

export type Suite = {
  /** `name` is how it is asked for alone. */
  case(name: string, title: string, deed: Deed): Promise<void>
}

export type SuiteOptions = {
  readonly suite: Verdict['suite']
  readonly wanted: (name: string) => boolean
  /** Before the first case that is wanted, and only then; false when none of them can be tried. */
  readonly prepare?: () => Promise<boolean>
  readonly onVerdict: (verdict: Verdict) => void
  /** Milliseconds of processor time that the guests have cost so far. */
  readonly processorMs: () => number
}

export function startSuite(options: SuiteOptions): Suite {
  const { suite, wanted, prepare = async () => true, onVerdict, processorMs } = options
  let prepared: Promise<boolean> | null = null
  return {
    async case(name, title, deed) {
      if (!wanted(name)) return
      prepared ??= prepare()
      if (!(await prepared)) return
      const began = performance.now()
      const spent = processorMs()
      const tell = (why: string | null, measured: Readonly<Record<string, number>>): void =>
        onVerdict({
          suite,
          name,
          title,
          ok: why === null,
          why,
          ms: Math.round(performance.now() - began),
          measured: { ...measured, 'processor time': processorMs() - spent },
        })
      try {
        tell(null, await deed())
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error), {})
      }
    },
  }
}
