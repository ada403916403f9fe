/** Time as a parameter, so that everything can be replayed. */
export interface Clock {
  /** Milliseconds since 1970, as the box believes; may step. For slips, journal and deadlines shown to people. */
  wallMs(): number
  /** Milliseconds since some start; never steps. For every wait. */
  monotonicMs(): number
  /** Runs `task` once after `ms`; the returned function cancels it and is safe to call at any time. */
  after(ms: number, task: () => void): () => void
}
