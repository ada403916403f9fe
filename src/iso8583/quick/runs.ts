/** Neighbouring fields of one look: they are painted at one go, and the length prefixes between them with them. */
import type { Place } from './place.ts'

export type Run = {
  /** Characters of the picture for each byte: itself, or its two hex digits. */
  readonly scale: 1 | 2
  readonly places: readonly Place[]
  /** The mark, and the bytes behind it, where the first value begins and where the last one ends. */
  readonly from: number
  readonly distance: number
  readonly endFrom: number
  readonly endDistance: number
}

/** Of these places, ascending, those that can be painted. */
export function runsOf(places: readonly Place[]): readonly Run[] {
  const runs: Run[] = []
  for (const place of places) {
    if (place.look === null) continue
    const run = startedWith(place, place.look === 'ascii' ? 1 : 2)
    const last = runs.at(-1)
    if (last !== undefined && follows(place, last, run.scale)) {
      runs[runs.length - 1] = { ...run, ...beginOf(last), places: [...last.places, place] }
    } else runs.push(run)
  }
  return runs
}

function startedWith(place: Place, scale: Run['scale']): Run {
  const { from, nibbles, units, valueDistance } = place
  const isFixed = units >= 0
  return {
    scale,
    places: [place],
    from,
    distance: valueDistance,
    endFrom: isFixed ? from : from + 2,
    endDistance: isFixed ? valueDistance + ((units * nibbles + 1) >> 1) : 0,
  }
}

function beginOf({ distance, from }: Run): Pick<Run, 'from' | 'distance'> {
  return { from, distance }
}

/** True without a gap between the two, when what stands in front of the value can be painted like the value. */
function follows(place: Place, last: Run, scale: Run['scale']): boolean {
  const paintable = scale === 2 || place.plainPrefix
  return (
    paintable &&
    scale === last.scale &&
    place.from === last.endFrom &&
    place.distance === last.endDistance
  )
}
