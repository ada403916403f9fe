/** The report of `suretill devices` as lines for a person: one paragraph for each device, no line needs a colour. */
import type { Holder } from '#shell/devices/holders.ts'
import type { Plugged } from '#shell/devices/plugged.ts'
import { fillIn, type TechnicianWords } from '#shell/devices/technician-words.ts'

/** What a port says when it is asked in the protocols that are known. */
export type Answered = { readonly as: string; readonly identity: string }

/** One entry of the JSON line, and of the text. */
export type DeviceReport = Plugged & {
  /** Of the table; null for a stranger. */
  readonly name: string | null
  readonly is: string | null
  readonly model: string | null
  readonly steadyName: string | null
  readonly udevRule: string | null
  readonly terminalLine: string | null
  /** A key of `devices.advice`. */
  readonly advice: string | null
  readonly heldBy: readonly Holder[]
  /** Null: not asked for, or not a serial port of this machine. */
  readonly probed: Answered | 'noAnswer' | 'inUse' | null
}

export function reportText(
  reports: readonly DeviceReport[],
  { devices: words }: TechnicianWords,
): readonly string[] {
  if (reports.length === 0) return [words.labels['nothing'] ?? '']
  return reports.flatMap((report) => paragraph(report, words))
}

function paragraph(report: DeviceReport, words: TechnicianWords['devices']): readonly string[] {
  const label = (key: string): string => words.labels[key] ?? key
  const soldered = report.wears === 'serial' && report.usb === null
  const stranger = label(soldered ? 'soldered' : 'unknown')
  const role = report.is === null ? stranger : (words.roles[report.is] ?? report.is)
  const name = report.name ?? report.usb?.productName ?? ''
  const facts: readonly (readonly [string, string | null])[] = [
    ['what', name === '' ? role : `${role}: ${name}`],
    ['how', words.wears[report.wears] ?? report.wears],
    ['name', soldered ? report.node : nameOf(report, label)],
    ['driver', report.model ?? (soldered ? null : label('noDriver'))],
    ['held', holders(report) || null],
    ['answered', probed(report, words)],
    ['rule', report.udevRule],
    ['line', report.terminalLine],
    ['advice', report.advice === null ? null : (words.advice[report.advice] ?? report.advice)],
  ]
  return [
    [report.node ?? '-', ...usbFacts(report, label)].join('  '),
    ...facts.flatMap(([key, fact]) => (fact === null ? [] : [`  ${label(key)}: ${fact}`])),
    '',
  ]
}

function nameOf(report: DeviceReport, label: (key: string) => string): string | null {
  return report.node === null ? null : (report.steadyName ?? label('noName'))
}

function usbFacts({ usb }: DeviceReport, label: (key: string) => string): readonly string[] {
  if (usb === null) return []
  return [
    `${usb.vendor}:${usb.product}`,
    fillIn(label('socket'), { port: usb.port }),
    ...(usb.serial === null ? [] : [fillIn(label('serial'), { serial: usb.serial })]),
  ]
}

function holders({ heldBy }: DeviceReport): string {
  return heldBy.map(({ pid, program }) => `${program} (${pid})`).join(', ')
}

function probed({ probed: said }: DeviceReport, words: TechnicianWords['devices']): string | null {
  if (said === null) return null
  if (said === 'inUse') return words.labels['notAsked'] ?? said
  if (said === 'noAnswer') return words.labels['noAnswer'] ?? said
  return `${words.roles[said.as] ?? said.as} ${said.identity}`.trim()
}
