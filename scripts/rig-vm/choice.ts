/** Which cases a run plays: all, those that are asked for by name, or the short form for a build server with minutes to spare. */
import type { Verdict } from './verdict.ts'

type Group = Verdict['suite']

export type Choice = {
  readonly wants: (group: Group, name: string) => boolean
  /** Whether the images of the operating system are needed, whose making alone takes a minute. */
  readonly withImages: boolean
}

/** One of each kind of device, one cable, two power cuts; of the images nothing. */
const SHORT: Readonly<Record<Group, readonly string[]>> = {
  devices: ['tap', 'code', 'pull-printer'],
  power: ['cut-answer-lost', 'cut-printing'],
  rauc: [],
}

/** `only`: part of the name of a case or of its group; empty: all. */
export function choose({
  only,
  short,
}: {
  readonly only: string
  readonly short: boolean
}): Choice {
  return {
    wants: (group, name) =>
      (!short || SHORT[group].includes(name)) && (name.includes(only) || group.includes(only)),
    withImages: !short,
  }
}
