/**
 * Which `terminal.yaml` this terminal was given by way of `suretill setup` and `suretill params`: a MAC of it under the device key lies in the
 * data folder, so that a file changed by hand is noticed (threat T5). With it goes the version of the last parameter file.
 */
import { join } from 'node:path'
import { z } from 'zod'
import type { DeviceKey } from '../keys/device-key.ts'
import type { Disk } from '../keys/disk.ts'
import { fingerprint } from '../keys/seal.ts'

const FILE = 'configuration.json'
const FILE_MODE = 0o600

const schema = z.strictObject({
  format: z.literal('suretill-configuration-1'),
  /** Two while one takes the place of the other: a power cut in between leaves a file that is known. */
  accepted: z
    .array(z.string().regex(/^[0-9A-F]{64}$/))
    .min(1)
    .max(2),
  version: z.int().min(0),
})

export type ConfigSeal = {
  /** `unsealed`: this terminal was set up by hand. `changed`: neither setup nor a parameter file made this text. */
  readonly judge: (text: string) => 'sealed' | 'unsealed' | 'changed'
  /** Of the last parameter file; 0: none yet, or the record cannot be read (then `judge` says `changed`). */
  readonly version: () => number
  /** Both texts are known from here on. On disk when it returns; throws when the disk refuses. */
  readonly expect: (before: string | null, after: string, version: number) => void
  /** Only this one is known from here on. */
  readonly settle: (text: string, version: number) => void
}

export function openConfigSeal(parts: {
  readonly data: string
  readonly disk: Disk
  readonly deviceKey: DeviceKey
}): ConfigSeal {
  const { deviceKey, disk } = parts
  const file = join(parts.data, FILE)
  const macOf = (text: string, version: number): string =>
    fingerprint(deviceKey, 'configuration', new TextEncoder().encode(`${version}\n${text}`))
  const write = (texts: readonly string[], version: number): void => {
    const accepted = texts.map((text) => macOf(text, version))
    const content = JSON.stringify({ format: 'suretill-configuration-1', accepted, version })
    disk.write(file, new TextEncoder().encode(`${content}\n`), FILE_MODE)
  }
  const read = (): z.infer<typeof schema> | 'none' | 'unreadable' => {
    const bytes = disk.read(file)
    if (bytes === null) return 'none'
    try {
      const checked = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
      return checked.success ? checked.data : 'unreadable'
    } catch {
      // Not JSON: as good as changed.
      return 'unreadable'
    }
  }
  const judge: ConfigSeal['judge'] = (text) => {
    const kept = read()
    if (kept === 'none') return 'unsealed'
    if (kept === 'unreadable') return 'changed'
    return kept.accepted.includes(macOf(text, kept.version)) ? 'sealed' : 'changed'
  }
  return {
    judge,
    version: () => {
      const kept = read()
      return kept === 'none' || kept === 'unreadable' ? 0 : kept.version
    },
    expect: (before, after, version) => write(before === null ? [after] : [before, after], version),
    settle: (text, version) => write([text], version),
  }
}
