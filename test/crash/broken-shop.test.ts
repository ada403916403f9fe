import { expect, test } from 'vitest'
import { brokenDay } from './broken-shop.ts'

/** Each is a whole shop with a sale before and after; `make crash` walks every call. */
const DAY_TIMEOUT_MS = 60_000

test.each([
  ['a sync fails once', 'fsync:error=EIO:when=12'],
  ['a write fails once', 'pwrite64:error=EIO:when=70'],
  ['the disk is full for a while', 'pwrite64:error=ENOSPC:when=70..73'],
])(
  '%s: out of service, the journal is read again, and the shop goes on in the same process',
  {
    timeout: DAY_TIMEOUT_MS,
  },
  async (_what, injection) => {
    expect(await brokenDay(injection)).toEqual({
      touched: true,
      wasOutOfService: true,
      heldMinor: 4000,
      findings: [],
    })
  },
)

test.each([31, 95])(
  'killed at write %i of its journal: the next process finds host and journal agreeing',
  {
    timeout: DAY_TIMEOUT_MS,
  },
  async (when) => {
    expect(await brokenDay(`pwrite64:signal=SIGKILL:when=${when}`)).toMatchObject({
      touched: true,
      findings: [],
    })
  },
)
