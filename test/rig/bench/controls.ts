/**
 * What the bench can do to the counter. The rig offers it with real simulators behind; a test may offer it with anything
 * else that behaves.
 */
import type { TerminalProcess } from '../terminal-process.ts'
import type { BenchState, DeviceId, PhoneView } from './state.ts'

export const PIN_PAD_KEYS = [
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  'enter',
  'clear',
  'cancel',
] as const

type PinPadKey = (typeof PIN_PAD_KEYS)[number]

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly why: string }

export type Controls = {
  /** Everything but the revision, which the bench counts itself. */
  state(): Omit<BenchState, 'revision' | 'terminal'>
  onChange(listener: () => void): void
  paperSvg(id: string): string | null
  /** False: there is no such thing to show. */
  openOnPhone(phone: PhoneView['id'], show: string): boolean
  /** Holds a phone, or both at once, to the scanner; gives the texts shown. */
  holdUp(phones: readonly PhoneView['id'][]): readonly string[]
  /** Holds the code used last once more. Null: there was none. */
  holdUpAgain(): string | null
  /** Holds any text to the scanner. */
  scan(text: string): void
  card(action: 'insert' | 'tap' | 'swipe', card: string): Outcome
  removeCard(): void
  pressKey(key: PinPadKey): Outcome
  setPaper(paper: 'ok' | 'nearEnd' | 'out'): void
  setCover(cover: 'open' | 'closed'): void
  setCutterJam(jammed: boolean): void
  tearOff(): void
  setPlugged(device: DeviceId, plugged: boolean): void
  setNetwork(up: boolean): Promise<void>
  /** Plain data, checked by the host: see the README of the acquirer. */
  applyFault(fault: unknown): Outcome
  clearFaults(): void
  /** Plain data, checked: `../device-faults.ts` lists what there is. Cables, paper and cover have switches of their own. */
  applyDeviceFault(device: DeviceId, fault: unknown): Outcome
  clearDeviceFaults(device: DeviceId): void
  /** Null when the terminal is started by hand. */
  readonly terminal: TerminalProcess | null
}
