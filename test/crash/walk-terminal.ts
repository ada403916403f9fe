/** Breaks the real terminal process at one call of its journal after another, with a whole shop around it. */
import { brokenDay } from './broken-shop.ts'
import { type Walked, walkInLanes } from './lanes.ts'
import type { Programs } from './programs.ts'

/** Killed at every write; one sync or write that fails; a disk that is full for a few writes. */
export const TERMINAL_BREAKS = [
  {
    name: 'terminal killed at a journal write',
    at: (n: number) => `pwrite64:signal=SIGKILL:when=${n}`,
  },
  {
    name: 'terminal killed at a journal sync',
    at: (n: number) => `fsync:signal=SIGKILL:when=${n}`,
  },
  { name: 'terminal, EIO at a journal sync', at: (n: number) => `fsync:error=EIO:when=${n}` },
  { name: 'terminal, EIO at a journal write', at: (n: number) => `pwrite64:error=EIO:when=${n}` },
  {
    name: 'terminal, disk full for three writes',
    at: (n: number) => `pwrite64:error=ENOSPC:when=${n}..${n + 2}`,
  },
] as const
type TerminalBreak = (typeof TERMINAL_BREAKS)[number]

/** More than a day of two sales makes. */
const CALLS_LIMIT = 2000

/** `step`: 1 breaks every call, 10 every tenth; ends with the first day that passes untouched. */
export function walkTerminal(
  { name, at }: TerminalBreak,
  { step, lanes, programs }: { step: number; lanes: number; programs: Programs },
): Promise<Walked> {
  const breakAt = async ([turn = 1]: readonly number[]) => {
    const { struck, findings } = await brokenDay([at(turn)], programs)
    return [{ touched: struck > 0, findings }]
  }
  return walkInLanes({ name, limit: CALLS_LIMIT, breakAt, atOnce: 1 }, step, lanes)
}
