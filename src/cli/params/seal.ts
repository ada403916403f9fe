/** Whether `terminal.yaml` is still what setup or a parameter file made of it: asked at each start of a production terminal. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openConfigSeal } from '#shell/config/config-seal.ts'
import type { TerminalFile } from '#shell/config/terminal-file.ts'
import type { DeviceKey } from '#shell/keys/device-key.ts'
import type { Disk } from '#shell/keys/disk.ts'

/** A sentence when a production terminal must not start on it; null otherwise, and always for a demonstration, which is edited by hand. */
export function changedByHand(
  { profile }: Pick<TerminalFile, 'profile'>,
  config: string,
  parts: { readonly data: string; readonly disk: Disk; readonly deviceKey: DeviceKey },
): string | null {
  if (profile !== 'production') return null
  const path = join(config, 'terminal.yaml')
  const what = {
    unsealed: 'was never sealed by `suretill setup`',
    changed: 'was changed by hand since `suretill setup` or `suretill params` wrote it',
  }
  const found = openConfigSeal(parts).judge(readFileSync(path, 'utf8'))
  return found === 'sealed'
    ? null
    : `The configuration ${path} ${what[found]}. Nothing was started. Put the right file back, or set the terminal up again.`
}
