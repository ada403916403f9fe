/** Every finding can be told in both languages, with the same facts in it, and no words are kept for findings that do not exist. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { retiredSentence } from '#shell/care/retired.ts'
import { terminalFileSchema } from '#shell/config/terminal-file.ts'
import { loadKnownDevices } from '#shell/devices/known-devices.ts'
import { loadTechnicianWords } from '#shell/devices/technician-words.ts'
import { causeIn } from '#shell/doctor/tell.ts'
import { FALSE_PROOF } from '#shell/journal/proof.ts'
import { listParameters } from '#shell/params/parameter.ts'

const en = loadTechnicianWords('config', 'en')
const zh = loadTechnicianWords('config', 'zh-CN')
const FOLDER = 'src/shell/doctor'

/** Every third argument of `finding(…)`; the two that are put together from a trouble are written out. */
function codesInSource(): Set<string> {
  const sources = readdirSync(FOLDER)
    .filter((name) => name.startsWith('judge'))
    .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
  const text = [...sources, readFileSync('src/cli/doctor/doctor-examine.ts', 'utf8')].join('\n')
  const configuration = [
    'missing',
    'unreadable',
    'notYaml',
    'absent',
    'unknown',
    'wrong',
    'conflict',
    'file',
  ]
  const codes = [...text.matchAll(/'((?:[a-z]+)\.[a-zA-Z]+)'/g)].map(([, code = '']) => code)
  const others = ['known.yaml', 'suretill.doctor', 'codes.yaml']
  const made = [
    ...configuration.map((kind) => `configuration.${kind}`),
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

const WRONG_VALUES = [true, -1, 10 ** 13, '', '#', ['no'], null]
const HAN = /\p{Script=Han}/u

test('whatever is wrong with a value of terminal.yaml is told in Chinese to whoever reads Chinese', () => {
  const whole: unknown = parse(readFileSync('config/demo/terminal.yaml', 'utf8'))
  const untold = new Set<string>()
  const told = new Set<string>()
  for (const { name } of listParameters())
    for (const value of WRONG_VALUES) {
      const content = withValue(whole, name.split('.'), value)
      const [issue] = terminalFileSchema.safeParse(content).error?.issues ?? []
      if (issue === undefined || issue.code === 'unrecognized_keys') continue
      told.add(issue.message)
      if (!HAN.test(causeIn(issue.message, zh.doctor.causes))) untold.add(issue.message)
    }
  expect(told.size).toBeGreaterThan(30)
  expect([...untold]).toEqual([])
})

function withValue(whole: unknown, [key = '', ...deeper]: readonly string[], value: unknown) {
  const part = typeof whole === 'object' && whole !== null ? Reflect.get(whole, key) : undefined
  const own: unknown = deeper.length === 0 ? value : withValue(part, deeper, value)
  return { ...(typeof whole === 'object' ? whole : {}), [key]: own }
}

test('sentences of other parts of the program are told in Chinese, with what varies in them', () => {
  const retired = { state: 'moved', at: '2026-06-01', who: 'Wang', seq: 7 } as const
  expect(causeIn(retiredSentence(retired) ?? '', zh.doctor.causes)).toContain('2026-06-01，Wang')
  expect(causeIn('event 7 is not as it was written', zh.doctor.causes)).toBe('第 7 条与写入时不符')
  expect(causeIn(FALSE_PROOF, zh.doctor.causes)).toMatch(HAN)
  expect(causeIn('something new', zh.doctor.causes)).toBe('something new')
})
