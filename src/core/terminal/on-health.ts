/** Devices come and go: what waited for one goes on when it is back. */
import { onHalfCode } from '../order/decide-code.ts'
import { onReaderBack, onScannerBack } from '../order/decide-present.ts'
import type { DeviceHealth, DeviceTrouble } from '../ports/device.ts'
import { queueOwed } from '../receipt/decide.ts'
import { type Decision, stay } from './decision.ts'
import type { TerminalEvent } from './event.ts'
import type { TerminalState } from './state.ts'

/** A device tells how it is: what waited for it goes on when it is well again. */
export function onHealth(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'deviceHealthChanged' }>,
): Decision {
  const { health } = event
  const before = state.devices[health.device]
  const next = { ...state, devices: { ...state.devices, [health.device]: health } }
  const well = before.troubles.length > 0 && health.troubles.length === 0
  const half = health.device === 'qrScanner' && isNew('garbled', before, health)
  if (half) return onHalfCode(next)
  if (!well) return stay(next)
  switch (health.device) {
    case 'printer':
      return queueOwed(next)
    case 'cardReader':
      return onReaderBack(next)
    case 'qrScanner':
      return onScannerBack(next)
    case 'pinPad':
      return stay(next)
  }
}

/** A trouble that was not there before. */
function isNew(trouble: DeviceTrouble, before: DeviceHealth, now: DeviceHealth): boolean {
  return now.troubles.includes(trouble) && !before.troubles.includes(trouble)
}
