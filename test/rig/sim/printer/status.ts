/** What a printer says about itself, bit by bit, as the status tables of the command reference have it. */
export type Sensors = {
  readonly paper: 'ok' | 'nearEnd' | 'out'
  readonly cover: 'open' | 'closed'
  readonly cutterError: boolean
  readonly headHot: boolean
}

export type PrinterState = Sensors & {
  readonly plugged: boolean
  readonly power: 'on' | 'off'
  /** The cutter will jam at the next cut, and stays jammed until this is false and the printer is told to recover. */
  readonly cutterBlocked: boolean
  readonly processIdSupport: boolean
  readonly statusBack: boolean
  /** Instructions taken and not carried out yet. */
  readonly waiting: number
  readonly linesPrinted: number
  readonly papers: number
  /** What was not understood, newest last. */
  readonly complaints: readonly string[]
}

export function isOffline({ paper, cover, cutterError, headHot }: Sensors): boolean {
  return paper === 'out' || cover === 'open' || cutterError || headHot
}

/** The answer byte to DLE EOT n. Null for an n that this printer does not know. */
export function realTimeStatus(question: number, sensors: Sensors): number | null {
  const { paper, cover, cutterError, headHot } = sensors
  switch (question) {
    case 1:
      return 0x12 | bit(3, isOffline(sensors))
    case 2:
      return (
        0x12 | bit(2, cover === 'open') | bit(5, paper === 'out') | bit(6, cutterError || headHot)
      )
    case 3:
      return 0x12 | bit(3, cutterError) | bit(6, headHot)
    case 4:
      return 0x12 | (nearEnd(sensors) ? 0x0c : 0) | (noPaper(sensors) ? 0x60 : 0)
    default:
      return null
  }
}

/** The four bytes of automatic status back. */
export function automaticStatus(sensors: Sensors): Uint8Array {
  const { cover, cutterError, headHot } = sensors
  return Uint8Array.of(
    0x10 | bit(3, isOffline(sensors)) | bit(5, cover === 'open'),
    bit(3, cutterError) | bit(6, headHot),
    (nearEnd(sensors) ? 0x03 : 0) | (noPaper(sensors) ? 0x0c : 0),
    0x00,
  )
}

/** The answer byte to GS r 1. */
export function sensorStatus(sensors: Sensors): number {
  return (nearEnd(sensors) ? 0x03 : 0) | (noPaper(sensors) ? 0x0c : 0)
}

function nearEnd({ paper }: Sensors): boolean {
  return paper !== 'ok'
}

/** With the cover open the sensor sees no paper either. */
function noPaper({ paper, cover }: Sensors): boolean {
  return paper === 'out' || cover === 'open'
}

function bit(number: number, on: boolean): number {
  return on ? 1 << number : 0
}
