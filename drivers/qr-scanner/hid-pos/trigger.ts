/** The trigger commands of the serial families inside of a HID output report. */
import type { TriggerCommands } from '../serial/trigger.ts'
import { type TriggerFamily, triggerCommands } from '../serial/trigger.ts'

const REPORT_BYTES = 64
/** Honeywell's command report: FD, length, the serial command. */
const HONEYWELL_REPORT = 0xfd
/** Newland's: 04, length, the serial frame. */
const NEWLAND_REPORT = 0x04

/** Empty for a scanner that looks all the time. */
export function triggerReports(family: TriggerFamily): TriggerCommands {
  const { on, off } = triggerCommands(family)
  switch (family) {
    case 'honeywell':
      return { on: wrap(HONEYWELL_REPORT, on), off: wrap(HONEYWELL_REPORT, off) }
    case 'newland':
      return { on: wrap(NEWLAND_REPORT, on), off: wrap(NEWLAND_REPORT, off) }
    case 'none':
      return { on, off }
  }
}

function wrap(reportId: number, command: Uint8Array): Uint8Array {
  const report = new Uint8Array(REPORT_BYTES)
  report[0] = reportId
  report[1] = command.length
  report.set(command, 2)
  return report
}
