/**
 * A scanner driver on the real HID library, as a program of its own, because the preloaded device nodes of `umockdev-run` exist for one
 * process only. Prints what it hears, one JSON line each, and ends by itself.
 */
import process from 'node:process'
import { createHidPosScanner } from '#drivers/qr-scanner/hid-pos/driver.ts'
import { USAGE_PAGE_SCANNER } from '#drivers/qr-scanner/hid-pos/report.ts'
import { nodeHid } from '#drivers/transport/hid-access.ts'
import { hidLink } from '#drivers/transport/hid-link.ts'
import { realClock } from '../../transport/real-clock.ts'

const [vendor = '', product = '', trigger = 'none', forMs = '1500'] = process.argv.slice(2)
const clock = realClock()
const link = hidLink({
  access: nodeHid(),
  match: { vendorId: Number(vendor), productId: Number(product), usagePage: USAGE_PAGE_SCANNER },
  clock,
})
const scanner = createHidPosScanner({
  link,
  clock,
  trigger: trigger === 'honeywell' ? 'honeywell' : 'none',
})
scanner.onHealth(({ troubles, identity }) => say({ troubles, identity }))
scanner.onRead(({ symbology, bytes }) => say({ symbology, text: new TextDecoder().decode(bytes) }))
scanner.start()
scanner.arm()
clock.after(Number(forMs), () => {
  say({ counts: scanner.counts })
  void scanner.close().then(() => process.exit(0))
})

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
