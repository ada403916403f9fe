/** Batteries as the kernel tells of them, in a folder made for the test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readPower, watchPowerSupply } from '#shell/devices/power-supply.ts'

type Files = Readonly<Record<string, string>>

function machine(supplies: Readonly<Record<string, Files>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'power-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, files] of Object.entries(supplies)) put(folder, name, files)
  return folder
}

function put(folder: string, name: string, files: Files): void {
  mkdirSync(join(folder, name), { recursive: true })
  for (const [file, text] of Object.entries(files))
    writeFileSync(join(folder, name, file), `${text}\n`)
}

const BATTERY = { type: 'Battery', capacity: '42', status: 'Discharging' }
const MAINS = { type: 'Mains', online: '0' }

test('a battery that is being emptied', () => {
  expect(readPower(machine({ BAT0: BATTERY, AC: MAINS }))).toEqual({ percent: 42, onMains: false })
})

test.each([
  ['the charger is in', { BAT0: BATTERY, AC: { type: 'Mains', online: '1' } }],
  ['it charges', { BAT0: { ...BATTERY, status: 'Charging' } }],
  ['power comes over USB', { BAT0: BATTERY, usb: { type: 'USB', online: '1' } }],
])('on the mains: %s', (_what, supplies) => {
  expect(readPower(machine(supplies))).toEqual({ percent: 42, onMains: true })
})

test('two batteries are one store', () => {
  const second = { ...BATTERY, capacity: '11' }
  expect(readPower(machine({ BAT0: BATTERY, BAT1: second }))?.percent).toBe(26)
})

test.each([
  ['a folder that is not there', '/nowhere/at/all'],
  ['a machine on the mains alone', null],
  ['the battery of a mouse', { mouse: { ...BATTERY, scope: 'Device' } }],
  ['an empty battery bay', { BAT0: { ...BATTERY, present: '0' } }],
  ['a gauge that says nonsense', { BAT0: { ...BATTERY, capacity: '-1e9' } }],
])('%s: no battery', (_what, supplies) => {
  const folder = typeof supplies === 'string' ? supplies : machine(supplies ?? { AC: MAINS })
  expect(readPower(folder)).toBeNull()
})

test('only what has changed is told', () => {
  const folder = machine({ BAT0: BATTERY })
  const told: unknown[] = []
  let next = (): void => undefined
  const clock = {
    wallMs: () => 0,
    monotonicMs: () => 0,
    after: (_ms: number, task: () => void) => {
      next = task
      return () => undefined
    },
  }
  const onPower = (reading: unknown): void => void told.push(reading)
  watchPowerSupply({ clock, read: () => readPower(folder), everyMs: 30_000, onPower })
  next()
  put(folder, 'BAT0', { capacity: '41' })
  next()
  expect(told).toEqual([
    { percent: 42, onMains: false },
    { percent: 41, onMains: false },
  ])
})
