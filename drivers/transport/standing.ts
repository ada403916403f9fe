/** The standing of a device as its listeners hear it: every change once, never an unchanged one. */
import type { DeviceHealth, DeviceName, DeviceTrouble } from '#core/ports/device.ts'

export type Standing = {
  readonly health: DeviceHealth
  onHealth(listener: (health: DeviceHealth) => void): void
  raise(trouble: DeviceTrouble): void
  clear(...troubles: readonly DeviceTrouble[]): void
  identify(identity: string): void
}

/** A device is gone until its link opens. */
export function createStanding(device: DeviceName): Standing {
  const listeners: ((health: DeviceHealth) => void)[] = []
  let health: DeviceHealth = { device, troubles: ['gone'] }

  const become = (next: DeviceHealth): void => {
    health = next
    for (const listener of listeners) listener(health)
  }

  return {
    get health() {
      return health
    },
    onHealth(listener) {
      listeners.push(listener)
    },
    raise(trouble) {
      if (health.troubles.includes(trouble)) return
      become({ ...health, troubles: [...health.troubles, trouble].sort() })
    },
    clear(...troubles) {
      const left = health.troubles.filter((trouble) => !troubles.includes(trouble))
      if (left.length !== health.troubles.length) become({ ...health, troubles: left })
    },
    identify(identity) {
      if (health.identity !== identity) become({ ...health, identity })
    },
  }
}
