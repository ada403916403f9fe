/**
 * A scanner driver on the real HID library, as a program of its own, because the preloaded device nodes of `umockdev-run` exist for one
 * process only. Prints what it hears, one JSON line each, until the first code or refusal.
 */
import { writeSync } from 'node:fs'
import process from 'node:process'
import { createHidPosScanner } from '#drivers/qr-scanner/hid-pos/driver.ts'
import { USAGE_PAGE_SCANNER } from '#drivers/qr-scanner/hid-pos/report.ts'
import { nodeHid } from '#drivers/transport/hid-access.ts'
import { hidLink } from '#drivers/transport/hid-link.ts'
import { realClock } from '../../transport/real-clock.ts'

const [vendor = '', product = ''] = process.argv.slice(2)
/** Below the patience of the test. */
const GIVEN_UP_MS = 12_000
const clock = realClock()
const link = hidLink({
  access: nodeHid(),
  match: { vendorId: Number(vendor), productId: Number(product), usagePage: USAGE_PAGE_SCANNER },
  clock,
})
const scanner = createHidPosScanner({
  link,
  clock,
  trigger: 'honeywell',
  // The made device is a thread that a busy machine may keep waiting.
  halfCodeMs: 2000,
})
scanner.onHealth(({ troubles, identity }) => {
  say({ troubles, identity })
  if (troubles.join() === 'wrongDevice') finish()
})
scanner.onRead(({ symbology, bytes }) => {
  say({ symbology, text: new TextDecoder().decode(bytes) })
  finish()
})
scanner.start()
scanner.arm()
clock.after(GIVEN_UP_MS, finish)

function finish(): void {
  say({ counts: scanner.counts })
  process.exit(0)
}

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}
