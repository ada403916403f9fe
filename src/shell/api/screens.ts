/** The door of the screens: views out after every change, actions in as events. Secrets of operators are compared here and go no further. */
import { pageName } from '#core/terminal/decision.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { fitsCredential, isTooSimple, makeCredential } from '../operators/credential.ts'
import { projectView } from './project-view.ts'
import type { ScreensApi } from './screens-api.ts'
import type { Action, View } from './view.ts'

export type ScreensParts = {
  readonly state: () => TerminalState
  readonly dispatch: (event: EventBody) => void
  /** Digits of a payment code; they go into no event. */
  readonly typeCode: (digits: string) => void
  readonly wallMs: () => number
  readonly random: (length: number) => Uint8Array
  readonly slipSvg: (id: string) => string | null
}

export type Screens = {
  readonly api: ScreensApi
  /** Tells the screens that something changed. */
  readonly publish: () => void
  /** The terminal cannot go on: every screen shows this and nothing else. */
  readonly stop: (key: string) => void
  readonly isStopped: () => boolean
  /** The terminal goes on; shown with the next publish. */
  readonly resume: () => void
  /** Standing faults that the core knows nothing of, as keys of `faults` in the locales; in the place of those before. */
  readonly setFaults: (keys: readonly string[]) => void
  /** Whether another release waits for its moment. */
  readonly setReleaseWaits: (waits: boolean) => void
}

export function createScreens(parts: ScreensParts): Screens {
  const listeners = new Set<(view: View) => void>()
  let revision = 0
  let stopped: string | null = null
  let releaseWaits = false
  let faults: View['strip']['faults'] = []

  const view = (): View => {
    const known = projectView(parts.state(), { revision, now: parts.wallMs() })
    const { session } = parts.state()
    const tells = releaseWaits && session !== null && session.role !== 'cashier'
    const strip: View['strip'] = {
      ...known.strip,
      faults: [...known.strip.faults, ...faults],
      ...(tells ? { releaseWaits: true } : {}),
    }
    const shown = { ...known, strip }
    if (stopped === null) return shown
    return {
      ...shown,
      page: 'outOfService',
      message: { key: stopped, params: {} },
      counter: { kind: 'outOfService' },
      customer: { kind: 'closed' },
    }
  }
  const publish = (): void => {
    revision += 1
    const newest = view()
    for (const listener of listeners) listener(newest)
  }

  return {
    publish,
    stop: (key) => {
      stopped = key
      publish()
    },
    isStopped: () => stopped !== null,
    resume: () => {
      stopped = null
    },
    setFaults: (keys) => {
      faults = keys.map((key) => ({ key, params: {} }))
      publish()
    },
    setReleaseWaits: (waits) => {
      releaseWaits = waits
      publish()
    },
    api: {
      view,
      onView: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      act: (action) => {
        if (stopped !== null) return
        if (action.type !== 'code') parts.dispatch(toEvent(parts, action))
        else if (action.page === pageName(parts.state())) parts.typeCode(action.digits)
      },
      slipSvg: parts.slipSvg,
    },
  }
}

function toEvent(parts: ScreensParts, action: Exclude<Action, { type: 'code' }>): EventBody {
  const { type } = action
  switch (type) {
    case 'key':
      return { type: 'keyPressed', page: action.page, key: action.key }
    case 'option':
      return {
        type: 'optionChosen',
        page: action.page,
        option: action.option,
        item: action.item ?? '',
      }
    case 'locale':
      return { type: 'localeChosen', screen: action.screen, locale: action.locale }
    case 'sign':
      return { type: 'signatureGiven', record: action.record, ink: action.ink }
    case 'signIn': {
      const { page, operator, pin } = action
      const account = parts.state().operators.find((one) => one.number === operator)
      // The same work for an unknown number, so that time does not tell which numbers exist.
      const correct = fitsCredential(pin, account?.credential ?? NOBODY) && account !== undefined
      return { type: 'operatorChecked', page, operator, correct }
    }
    case 'newPin': {
      const { page, operator, pin } = action
      if (isTooSimple(pin)) return { type: 'operatorPinRefused', page }
      return {
        type: 'operatorPinChosen',
        page,
        operator,
        credential: makeCredential(pin, parts.random),
      }
    }
  }
}

const NOBODY = `${'00'.repeat(16)}:${'00'.repeat(32)}`
