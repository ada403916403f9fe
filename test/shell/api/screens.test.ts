/** What the screens are told besides the state of the core. */
import { expect, test } from 'vitest'
import type { TerminalState } from '#core/terminal/state.ts'
import { createScreens } from '#shell/api/screens.ts'
import { counterFrom } from '../../core/counter.ts'

function screensOf(role: 'cashier' | 'supervisor') {
  const counter = counterFrom()
  counter.open()
  const state: TerminalState = { ...counter.state(), session: { operator: '01', role } }
  return createScreens({
    state: () => state,
    dispatch: () => undefined,
    typeCode: () => undefined,
    wallMs: () => 0,
    random: (length) => new Uint8Array(length),
    slipSvg: () => null,
  })
}

test('a release that waits is told to a supervisor while it waits, and never to a cashier', () => {
  const supervisor = screensOf('supervisor')
  const cashier = screensOf('cashier')
  for (const screens of [supervisor, cashier]) screens.setReleaseWaits(true)
  expect(supervisor.api.view().strip.releaseWaits).toBe(true)
  expect(cashier.api.view().strip.releaseWaits).toBeUndefined()
  supervisor.setReleaseWaits(false)
  expect(supervisor.api.view().strip.releaseWaits).toBeUndefined()
})
