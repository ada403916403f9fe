/** A device that is well again: what waited for it goes on, and what did not wait is left alone. */
import { expect, test } from 'vitest'
import type { DeviceName, DeviceTrouble } from '#core/ports/device.ts'
import { decide } from '#core/terminal/decide.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { NOON } from '../counter.ts'
import { attemptOf, openTerminal, slipStates } from '../recovery/found-states.ts'

const OPEN = openTerminal()
const { order } = attemptOf('sale', '000077')
const wait = { startedAt: NOON, deadlineAt: NOON }
const PRESENT: Step = { kind: 'present', order, typed: '12', read: 1, reading: false, wait }
const OWED = slipStates().filter(({ state }) => state === 'owed')

type Troubles = readonly DeviceTrouble[]

function told(
  device: DeviceName,
  before: Troubles,
  troubles: Troubles,
  found: Partial<TerminalState>,
) {
  const devices = { ...OPEN.devices, [device]: { device, troubles: before } }
  const health = { device, troubles }
  const event = { type: 'deviceHealthChanged', health, at: NOON } as const
  const decision = decide({ ...OPEN, devices, ...found }, event)
  expect(decision.state.devices[device]).toEqual(health)
  return decision
}

test.each<[DeviceName, Troubles, Troubles, readonly Effect['do'][]]>([
  ['printer', ['paperOut'], [], ['print']],
  ['printer', ['paperOut', 'headHot'], ['headHot'], []],
  ['printer', [], ['paperOut'], []],
  ['printer', [], [], []],
  ['cardReader', ['gone'], [], ['readCard']],
  ['cardReader', ['gone'], ['tampered'], []],
  ['qrScanner', ['gone'], [], ['armScanner']],
  ['qrScanner', [], ['gone'], []],
  ['pinPad', ['gone'], [], []],
])('the %s was %j and is %j: %j', (device, before, now, does) => {
  const { effects } = told(device, before, now, { step: PRESENT, slips: OWED })
  expect(effects.map((one) => one.do)).toEqual(does)
})

test.each<[DeviceName, Troubles, Troubles, string | undefined]>([
  ['qrScanner', [], ['garbled'], 'code.TRUNCATED'],
  ['qrScanner', ['gone'], ['garbled', 'gone'], 'code.TRUNCATED'],
  ['qrScanner', ['garbled'], ['garbled', 'gone'], undefined],
  ['qrScanner', [], ['gone'], undefined],
  ['printer', [], ['garbled'], undefined],
])('half a code is told once, and of the scanner alone: %s %j %j', (device, before, now, said) => {
  const { state } = told(device, before, now, { step: PRESENT })
  expect(state.message?.key).toBe(said)
})
