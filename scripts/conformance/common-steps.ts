/** What every device must do: open, and come back after its cable was out. */
import type { Clock } from '#core/ports/clock.ts'
import type { Device } from '#core/ports/device.ts'
import {
  becomes,
  failed,
  HAND_MS,
  isMute,
  NOBODY,
  OPEN_MS,
  passed,
  type Step,
  type Tester,
} from './step.ts'

export type Bench<D extends Device> = {
  readonly device: D
  readonly clock: Clock
  readonly tester: Tester
}

/** `mustSayWho`: it has not answered before it said its serial number or firmware. */
export function opens<D extends Device>({ clock, device }: Bench<D>, mustSayWho: boolean): Step {
  return {
    title: 'opens and answers',
    run: async () => {
      device.start()
      const answers = await becomes(
        device,
        (health) => !isMute(health) && (!mustSayWho || health.identity !== undefined),
        { clock, withinMs: OPEN_MS },
      )
      const { identity, troubles } = device.health
      if (!answers) return failed(`no answer; troubles: ${troubles.join(' ') || 'none'}`)
      return passed(identity ?? 'does not say what it is')
    },
  }
}

export function comesBack<D extends Device>({ clock, device, tester }: Bench<D>): Step {
  return {
    title: 'is missed when its cable is pulled, and works again when it is back',
    run: async () => {
      const waiting = { clock, withinMs: HAND_MS }
      if (!tester.hand('拔下数据线 / Pull the data cable')) return NOBODY
      if (!(await becomes(device, ({ troubles }) => troubles.includes('gone'), waiting)))
        return failed('the pulled cable was not noticed')
      tester.hand('插回数据线 / Put the cable back')
      return (await becomes(device, (health) => !isMute(health), waiting))
        ? passed()
        : failed('it did not come back')
    },
  }
}
