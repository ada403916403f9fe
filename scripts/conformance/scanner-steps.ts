/** What a code scanner must do: read while it is armed, whole codes, and keep quiet otherwise. */
import type { Clock } from '#core/ports/clock.ts'
import type { QrScannerPort, ScanReading } from '#core/ports/qr-scanner.ts'
import { type Bench, comesBack, opens } from './common-steps.ts'
import { failed, HAND_MS, NOBODY, type Outcome, passed, type Step } from './step.ts'

const CODES = [
  { name: '条码 CODE128 / a bar code', shortest: 1 },
  { name: '二维码(短)/ a short QR code', shortest: 1 },
  { name: '二维码(超过 60 字符)/ a QR code of more than 60 characters', shortest: 61 },
] as const
/** A scanner that does not wait for its trigger has read within this. */
const QUIET_MS = 5000

export function scannerSteps(bench: Bench<QrScannerPort>): readonly Step[] {
  const read = listen(bench.device, bench.clock)
  return [
    opens(bench, false),
    ...CODES.map((code) => reads(bench, read, code)),
    {
      title: 'gives nothing while it is not armed',
      run: async () => {
        bench.device.disarm()
        if (
          !bench.tester.hand('再出示一次二维码(不应读出)/ Show a code again (it must not be read)')
        )
          return NOBODY
        return (await read(QUIET_MS)) === null ? passed() : failed('a code was given')
      },
    },
    comesBack(bench),
  ]
}

type Read = (
  withinMs: number,
) => Promise<{ readonly length: number; readonly symbology: string } | null>

function reads(
  { device, tester }: Bench<QrScannerPort>,
  read: Read,
  { name, shortest }: (typeof CODES)[number],
): Step {
  return {
    title: `reads ${name}`,
    run: async (): Promise<Outcome> => {
      if (!tester.hand(`出示 / Show: ${name}`)) return NOBODY
      device.arm()
      const seen = await read(HAND_MS)
      device.disarm()
      if (seen === null) return failed('nothing was read')
      if (seen.length < shortest) return failed(`only ${seen.length} characters came`)
      const symbology = seen.symbology === '' ? 'no AIM identifier' : seen.symbology
      return passed(`${seen.length} bytes, ${symbology}`)
    },
  }
}

/** What is read is measured and zeroed: a tester may show a real payment code. */
function listen(device: QrScannerPort, clock: Clock): Read {
  let waiting: ((reading: ScanReading) => void) | null = null
  device.onRead((reading) => {
    waiting?.(reading)
    reading.bytes.fill(0)
  })
  return (withinMs) =>
    new Promise((resolve) => {
      const settle = (seen: { length: number; symbology: string } | null): void => {
        waiting = null
        stop()
        resolve(seen)
      }
      const stop = clock.after(withinMs, () => settle(null))
      waiting = ({ bytes, symbology }) => settle({ length: bytes.length, symbology })
    })
}
