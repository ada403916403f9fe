import type { Device } from './device.ts'

export type ScanReading = {
  /** The bytes between the frames, without prefix and suffix. The receiver decodes, and zeroes them when done. */
  readonly bytes: Uint8Array
  /** AIM identifier such as `]Q1`, or empty when the scanner sends none. */
  readonly symbology: string
}

export interface QrScannerPort extends Device {
  /** Trigger and light on; drops whatever was read before. Safe to call twice. */
  arm(): void
  /** Trigger and light off; reads that still arrive are dropped by the driver. Safe to call twice. */
  disarm(): void
  onRead(listener: (reading: ScanReading) => void): void
}
