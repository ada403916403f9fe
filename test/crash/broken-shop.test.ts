import { afterAll, expect, test } from 'vitest'
import { layProgram } from '../rig/shipped-program.ts'
import { brokenDay } from './broken-shop.ts'
import { FROM_SOURCES } from './programs.ts'

/** Each is a whole shop with a sale before and after, which mostly waits: all of them at a time. `make crash` walks the calls. */
const DAY_TIMEOUT_MS = 60_000

const laid = layProgram()
const programs = { ...FROM_SOURCES, terminal: laid.command }
afterAll(laid.remove)

test.concurrent.for([
  { what: 'a sync fails once', struck: 1, faults: ['fsync:error=EIO:when=12'] },
  {
    what: 'the disk is full for a while',
    struck: 4,
    faults: ['pwrite64:error=ENOSPC:when=70..73'],
  },
  {
    // Sixteen writes made the reserve at the start: the next is the first of its second making.
    what: 'the reserve is used up',
    struck: 3,
    faults: ['pwrite64:error=ENOSPC:when=70', 'write:error=ENOSPC:when=17..18'],
  },
])(
  '$what: out of service, the journal is read again, and the shop goes on in the same process',
  { timeout: DAY_TIMEOUT_MS },
  async ({ struck, faults }) => {
    expect(await brokenDay(faults, programs)).toEqual({
      struck,
      wasOutOfService: true,
      heldMinor: 4000,
      findings: [],
    })
  },
)

test.concurrent('killed at a write of its journal: the next process finds host and journal agreeing', {
  timeout: DAY_TIMEOUT_MS,
}, async () => {
  const day = await brokenDay(['pwrite64:signal=SIGKILL:when=95'], programs)
  expect(day.struck).toBeGreaterThan(0)
  expect(day.findings).toEqual([])
})
