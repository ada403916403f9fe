/** What every simulated device offers to the bench. It speaks its wire protocol on the far end of a pseudo-terminal. */
export interface Simulator<State> {
  /** The path a terminal opens: a symbolic link that stays while the pseudo-terminal behind it changes. */
  readonly path: string
  /** A picture of the device as JSON. */
  state(): State
  /** Called after every change of `state()`. */
  onChange(listener: () => void): void
  /** Pulls the cable: the far end sees a hang-up and the path disappears. Safe to call twice. */
  unplug(): void
  /** Puts it back, on a new pseudo-terminal behind the same path. Safe to call twice. */
  plug(): void
  stop(): void
}
