/** What every device has in common: it is there or gone, and it can be in trouble that lasts. */
export type DeviceName = 'cardReader' | 'pinPad' | 'printer' | 'qrScanner'

/** Standing troubles, each raised and later cleared; the words for the cashier are `fault.<code>` in config/locales. */
export type DeviceTrouble =
  | 'gone'
  | 'wrongDevice'
  | 'noAnswer'
  | 'garbled'
  | 'paperOut'
  | 'coverOpen'
  | 'cutterJammed'
  | 'headHot'
  | 'keyMissing'
  | 'tampered'

export type DeviceHealth = {
  readonly device: DeviceName
  /** Empty when all is well. Sorted, no duplicates. */
  readonly troubles: readonly DeviceTrouble[]
  /** Printer only: paper runs out soon. */
  readonly paperNearEnd?: boolean
  /** For the technician: model, serial number, firmware as the device said them. */
  readonly identity?: string
}

/** A driver heals by itself: it reopens its port for ever and reports each change of health once. */
export interface Device {
  readonly health: DeviceHealth
  /** Called on every change of health, never synchronously from `start`. */
  onHealth(listener: (health: DeviceHealth) => void): void
  /** Opens the port and keeps it open; resolves at once, health tells the rest. */
  start(): void
  /** Closes the port and stops every timer. Safe to call twice. */
  close(): Promise<void>
}
