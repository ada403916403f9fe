/** Every finding can be told in both languages, with the same facts in it, and no words are kept for findings that do not exist. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadKnownDevices } from '#shell/devices/known-devices.ts'
import { loadTechnicianWords } from '#shell/devices/technician-words.ts'

const en = loadTechnicianWords('config', 'en')
const zh = loadTechnicianWords('config', 'zh-CN')
const FOLDER = 'src/shell/doctor'

/** Every third argument of `finding(…)`; the two that are put together from a trouble are written out. */
function codesInSource(): Set<string> {
  const sources = readdirSync(FOLDER)
    .filter((name) => name.startsWith('judge'))
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
  const text = [...sources, readFileSync('src/cli/doctor/doctor-examine.ts', 'utf8')].join('\n')
  const codes = [...text.matchAll(/'((?:[a-z]+)\.[a-zA-Z]+)'/g)].map(([, code = '']) => code)
  const others = ['known.yaml', 'suretill.doctor']
  const made = [
    ...['coverOpen', 'cutterJammed', 'headHot'].map((trouble) => `paper.${trouble}`),
    ...['keyMissing', 'tampered'].map((trouble) => `keys.pad.${trouble}`),
    ...['noAnswer', 'garbled'].map((trouble) => `device.${trouble}`),
  ]
  return new Set([...codes.filter((code) => !others.includes(code)), ...made])
}

test('both languages tell exactly the findings that there are', () => {
  const codes = [...codesInSource()].sort()
  expect(codes.length).toBeGreaterThan(40)
  expect(Object.keys(en.doctor.findings).sort()).toEqual(codes)
  expect(Object.keys(zh.doctor.findings).sort()).toEqual(codes)
})

test('both languages put the same facts in, and both say what to do or both say nothing', () => {
  const facts = (text: string | undefined): readonly string[] =>
    [...(text ?? '').matchAll(/\{\w+\}/g)].map(String).sort()
  for (const [code, told] of Object.entries(en.doctor.findings)) {
    const other = zh.doctor.findings[code]
    expect([code, facts(other?.what)]).toEqual([code, facts(told.what)])
    expect([code, facts(other?.now)]).toEqual([code, facts(told.now)])
    expect([code, other?.now === undefined]).toEqual([code, told.now === undefined])
  }
})

test('labels, checks, roles, modes and advice are the same in both', () => {
  const keys = ({ devices, doctor }: typeof en) =>
    [
      devices.labels,
      devices.roles,
      devices.wears,
      devices.advice,
      doctor.labels,
      doctor.checks,
    ].map((words) => Object.keys(words).sort())
  expect(keys(zh)).toEqual(keys(en))
})

test('every advice and role of the device table has words', () => {
  const table = loadKnownDevices('config/devices/known.yaml')
  for (const known of table.ok ? table.devices : []) {
    expect(Object.keys(en.devices.roles)).toContain(known.is)
    expect([undefined, ...Object.keys(en.devices.advice)]).toContain(known.advice)
  }
  expect(table.ok).toBe(true)
})
