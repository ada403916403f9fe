/** Which plugged-in device could be which of the four, as settings for `terminal.yaml`. */
import { parse } from 'yaml'
import { z } from 'zod'
import { findKnown, type KnownDevice } from '../devices/known-devices.ts'
import { lookAround } from '../devices/look-around.ts'
import { isPosRole, type PosRole, terminalLine } from '../devices/naming.ts'
import type { SystemTree } from '../devices/system-tree.ts'

export type Candidate = {
  readonly role: PosRole
  /** As the table calls it. */
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
}

const lineSchema = z.record(z.string(), z.record(z.string(), z.unknown()))

/** Devices that a driver takes in the mode in which they are; opens nothing. */
export function pluggedRoles(
  tree: SystemTree,
  table: readonly KnownDevice[],
): readonly Candidate[] {
  return lookAround(tree).flatMap((plugged) => {
    const known = findKnown(table, plugged)
    if (known === null || !isPosRole(known.is)) return []
    const line = terminalLine(plugged, known)
    const read = line === null ? null : lineSchema.safeParse(parse(line))
    const settings = read?.success === true ? read.data[known.is] : undefined
    return settings === undefined ? [] : [{ role: known.is, name: known.name, settings }]
  })
}

/** As parameters by name: the PIN pad has one for each value, the others are one value. */
export function asParameters({
  role,
  settings,
}: Pick<Candidate, 'role' | 'settings'>): Record<string, unknown> {
  if (role !== 'pinPad') return { [`devices.${role}`]: settings }
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`devices.pinPad.${key}`, value]),
  )
}
