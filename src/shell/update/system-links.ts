/**
 * What the machine must know of the terminal lies inside of the slots too, and the machine's own folders hold links to it through `current`:
 * unit, rules and program change with the release, at the same moment and back again.
 */
import { lstatSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CURRENT, SLOTS_FOLDER } from './slots.ts'

const SYSTEM = 'system'
/** Absolute on the terminal, and what each points to inside of a slot. */
const LINKS: readonly (readonly [string, string])[] = [
  ['/usr/local/bin/suretill', 'bin/suretill'],
  ['/etc/systemd/system/suretill.service', `${SYSTEM}/suretill.service`],
  ['/etc/systemd/system/suretill.service.d/slots.conf', `${SYSTEM}/slots.conf`],
  ['/etc/sysusers.d/suretill.conf', `${SYSTEM}/sysusers.conf`],
  ['/etc/modules-load.d/suretill.conf', `${SYSTEM}/modules-load.conf`],
  ['/etc/udev/rules.d/70-suretill.rules', `${SYSTEM}/70-suretill.rules`],
]
const DATA_FOLDERS = [
  { path: '/etc/suretill', mode: 0o750 },
  { path: '/var/lib/suretill', mode: 0o700 },
]

export type KeptFile = { readonly file: string; readonly target: string }

/** Makes what is missing; returns names that are there and are something else, which are left alone. Throws what the disk says. */
export function linkIntoSystem(destdir: string): readonly KeptFile[] {
  for (const { mode, path } of DATA_FOLDERS)
    mkdirSync(join(destdir, path), { recursive: true, mode })
  return LINKS.flatMap(([file, inSlot]) => {
    const target = `${SLOTS_FOLDER}/${CURRENT}/${inSlot}`
    const place = join(destdir, file)
    if (lstatSync(place, { throwIfNoEntry: false }) !== undefined)
      return isLinkTo(place, target) ? [] : [{ file, target }]
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(target, place)
    return []
  })
}

function isLinkTo(place: string, target: string): boolean {
  return lstatSync(place).isSymbolicLink() && readlinkSync(place) === target
}
