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
  readonly onVerdict: (verdict: Verdict) => void
}

export function startSuite({ suite, wanted, onVerdict }: SuiteOptions): Suite {
  return {
    async case(name, title, deed) {
      if (!wanted(name)) return
      const began = performance.now()
      const tell = (why: string | null, measured: Readonly<Record<string, number>>): void =>
        onVerdict({
          suite,
          name,
          title,
          ok: why === null,
          why,
          ms: Math.round(performance.now() - began),
          measured,
        })
      try {
        tell(null, await deed())
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error), {})
      }
    },
  }
}
