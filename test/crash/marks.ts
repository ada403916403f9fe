/** What the recorded process says of itself between its file operations: what it tried to write, what it told the world, what the host holds. */

export type Mark =
  /** The journal was asked to write; `state` is the SHA-256 of the state's text, `seq` the last event's number. */
  | { readonly mark: 'try'; readonly seq: number; readonly state: string }
  /** The journal said that it is on disk. */
  | { readonly mark: 'ack'; readonly seq: number; readonly state: string }
  /** A request for money left the terminal. */
  | { readonly mark: 'left'; readonly id: string; readonly stan: number }
  /** The host holds the money of it from here on. */
  | { readonly mark: 'held'; readonly id: string; readonly amountMinor: number }
  /** The host has taken it back. */
  | { readonly mark: 'undone'; readonly id: string }
  | { readonly mark: 'printed'; readonly job: string }
  /** From here on the records of batches up to this one (six digits) may be deleted. */
  | { readonly mark: 'forgetting'; readonly batch: string }
  /** The journal refused a write: the life ended here. */
  | { readonly mark: 'failed' }
  | { readonly mark: 'end' }

/** Everything that was said up to a moment, as the judge needs it. */
export type Story = {
  readonly acked: { readonly seq: number; readonly state: string } | null
  /** Asked for after `acked`, and neither confirmed nor refused yet. */
  readonly tried: { readonly seq: number; readonly state: string } | null
  readonly lastStan: number
  /** Ids of every request that left, in order. */
  readonly left: readonly string[]
  /** Id to amount of everything that the host holds. */
  readonly held: ReadonlyMap<string, number>
  readonly printed: ReadonlySet<string>
  /** The last batch whose records may be gone; empty while all must be there. */
  readonly forgotten: string
  readonly ended: boolean
}

export const NOTHING_SAID: Story = {
  acked: null,
  tried: null,
  lastStan: 0,
  left: [],
  held: new Map(),
  printed: new Set(),
  forgotten: '',
  ended: false,
}

export function hear(story: Story, mark: Mark): Story {
  switch (mark.mark) {
    case 'try':
      return { ...story, tried: { seq: mark.seq, state: mark.state } }
    case 'ack':
      return { ...story, acked: { seq: mark.seq, state: mark.state }, tried: null }
    case 'left':
      return {
        ...story,
        lastStan: Math.max(story.lastStan, mark.stan),
        left: [...story.left, mark.id],
      }
    case 'held':
      return { ...story, held: new Map(story.held).set(mark.id, mark.amountMinor) }
    case 'undone':
      return { ...story, held: new Map([...story.held].filter(([id]) => id !== mark.id)) }
    case 'printed':
      return { ...story, printed: new Set(story.printed).add(mark.job) }
    case 'forgetting':
      return { ...story, forgotten: mark.batch }
    case 'failed':
      return story
    case 'end':
      return { ...story, ended: true }
  }
}

/** Whole lines only: the last one may be torn by the power. */
export function parseMarks(text: string): readonly Mark[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const mark: Mark = JSON.parse(line)
      return mark
    })
}
