/** What a supervisor reads on the settings page: every parameter, in words, and no secret. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listParameters } from '#shell/params/parameter.ts'
import { groupOf, parametersView } from '#shell/params/parameters-view.ts'
import { effectiveValues } from '#shell/params/plan-change.ts'

const TEXT = readFileSync('config/demo/terminal.yaml', 'utf8')

function rowsOf(text: string, locale: 'zh-CN' | 'en' = 'en') {
  const read = effectiveValues(text, 'config/demo')
  if (!read.ok) throw new Error(read.problem)
  const { groups } = parametersView({ file: read.value, sharedConfig: 'config', locale })
  return new Map(groups.flatMap(({ rows }) => rows).map((row) => [row.name, row]))
}

test('every parameter stands in one group, and none is left out', () => {
  const names = listParameters().map(({ name }) => name)
  expect(names.filter((name) => groupOf(name) === null)).toEqual([])
  expect([...rowsOf(TEXT).keys()].toSorted()).toEqual(names.toSorted())
})

test('no secret of the configuration is told, in either language', () => {
  const secret = 'q7'.repeat(16)
  const text = `${TEXT}\ntill: { port: 8585, secret: "${secret}" }\n`
  for (const locale of ['zh-CN', 'en'] as const) {
    const rows = rowsOf(text, locale)
    const told = JSON.stringify([...rows.values()])
    expect(told).not.toContain(secret)
    expect(told).not.toContain('258FB0AB70D025CDB99DF2C4D302D646')
    expect(rows.get('till.port')?.value).toBe('8585')
  }
  expect(rowsOf(text, 'zh-CN').get('till.secret')?.value).toBe('（保密）')
  expect(rowsOf(TEXT, 'zh-CN').get('till.secret')?.value).toBe('未设置')
})

test('amounts are told in yuan, times in seconds and minutes, and yes is yes', () => {
  const rows = rowsOf(TEXT, 'zh-CN')
  expect(rows.get('limits.maxAmountMinor')?.value).toBe('￥50,000.00')
  expect(rows.get('acquirer.replyTimeoutMs')?.value).toBe('30 秒')
  expect(rows.get('idle.lockMs')?.value).toBe('15 分钟')
  expect(rows.get('codes.mergeMs')?.value).toBe('1 秒')
  expect(rows.get('screens.voice')?.value).toBe('是')
  expect(rows.get('operators')?.value).toBe('99 管理员 · 00 主管 · 01 收银员')
})

test('what was set otherwise than by default is marked, with what the default would be', () => {
  const rows = rowsOf(TEXT.replace('screens: { host', 'screens: { volume: 40, host'))
  expect(rows.get('screens.volume')).toMatchObject({
    value: '40',
    isChanged: true,
    byDefault: '100',
  })
  expect(rowsOf(TEXT).get('screens.volume')).toMatchObject({ isChanged: false, byDefault: null })
  // The acquirer's number must be told to every terminal: nobody changed it.
  expect(rowsOf(TEXT).get('merchant.number')?.isChanged).toBe(false)
  // Nor was anything changed in a section that nobody wrote.
  expect(rowsOf(TEXT).get('payee.daily')).toMatchObject({ isChanged: false, byDefault: null })
})
