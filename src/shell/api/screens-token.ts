/**
 * The token that a screen must show to be let in. It changes with every start of the machine and not with every start of the
 * program, so that a counter page that stands open finds back to a terminal that was started again.
 */
import { readFileSync } from 'node:fs'
import type { DeviceKey, Random } from '../keys/device-key.ts'
import { fingerprint } from '../keys/seal.ts'

/** 128 bits as hex digits. */
const TOKEN_DIGITS = 32
const BOOT_ID_FILE = '/proc/sys/kernel/random/boot_id'

/** The same text until the machine starts anew; nobody without the device key can tell it. Nothing is stored. */
export function screensToken(
  key: DeviceKey,
  random: Random,
  readBootId: () => string | null = bootId,
): string {
  const id = readBootId()
  const bytes = id === null ? random(TOKEN_DIGITS) : new TextEncoder().encode(id)
  return fingerprint(key, 'screens', bytes).slice(0, TOKEN_DIGITS)
}

/** What Linux draws by lot at every start of the machine; null where there is none. */
function bootId(): string | null {
  try {
    return readFileSync(BOOT_ID_FILE, 'utf8').trim()
  } catch {
    // Not Linux, or a sandbox without /proc: then every start of the program has a token of its own.
    return null
  }
}
