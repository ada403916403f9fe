/** What people do in the shop of a guest, with the patience that an emulated processor needs. Each throws in words when it cannot be done. */

import { perform } from '../../test/rig/scenario/perform.ts'
import type { Picture } from '../../test/rig/scenario/picture.ts'
import { PEOPLE } from '../../test/rig/scenario/stage.ts'
import type { Step } from '../../test/rig/scenario/step.ts'
import { type Play, waitFor } from '../../test/rig/scenario/wait-for.ts'
import type { GuestStage } from './guest-stage.ts'

/** Of scenario steps; some twenty times what a terminal of today needs. */
const PATIENCE_S = 300

export type Shop = {
  readonly stage: GuestStage
  /** One step as in a scenario. */
  step(step: StepOf): Promise<void>
  /** Waits until `picture` is so, now or later; gives the milliseconds that it took. */
  see(picture: Picture): Promise<number>
  powerOn(): Promise<void>
  /** The first start ever: everybody chooses a PIN. Then the cashier is signed in and the terminal sells. */
  open(): Promise<void>
  /** After a later start. */
  signIn(): Promise<void>
  /** Leaves the result page for the next customer. */
  home(): Promise<void>
}

type StepOf = Step extends infer One
  ? One extends { within: unknown }
    ? Omit<One, 'within'>
    : never
  : never

export function openShopOf(stage: GuestStage): Shop {
  const play: Play = { stage, since: null }
  const step: Shop['step'] = async (wanted) => {
    const wrong = await perform(play, { ...wanted, within: PATIENCE_S })
    if (wrong !== null) throw new Error(`${wanted.verb}: ${wrong}`)
  }
  const see: Shop['see'] = async (picture) => {
    const began = performance.now()
    // What was so before the last deed does not count.
    play.since = stage.screen.views.at(-1) ?? null
    const wrong = await waitFor(play, picture, PATIENCE_S * 1000)
    if (wrong !== null) throw new Error(wrong)
    return Math.round(performance.now() - began)
  }
  const ready = (): Promise<number> => see({ strip: { link: 'up', faults: [] } })
  const shop: Shop = {
    stage,
    step,
    see,
    async powerOn() {
      const off = await stage.powerOn()
      if (off !== null) throw new Error(`the terminal did not start: ${off}`)
    },
    async open() {
      await shop.powerOn()
      for (const { number: operator, pin } of PEOPLE) {
        const unasked = await stage.until(() => {
          const counter = stage.screen.views.at(-1)?.counter
          const asked = counter?.kind === 'setPin' && counter.operator === operator
          return stage.screen.live() && asked ? null : `no PIN is asked of ${operator}`
        }, PATIENCE_S * 1000)
        if (unasked !== null) throw new Error(unasked)
        stage.screen.send((page) => ({ type: 'newPin', page, operator, pin }))
      }
      await shop.signIn()
    },
    async signIn() {
      await step({ verb: 'signIn', with: PEOPLE[0].number })
      await ready()
    },
    async home() {
      await step({ verb: 'press', with: ['cancel'] })
      await step({ verb: 'wait', with: { page: 'amount' } })
    },
  }
  return shop
}
