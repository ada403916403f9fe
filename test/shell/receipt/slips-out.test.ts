/** Owed slips as files that another printer can print. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createDisk } from '#shell/keys/disk.ts'
import { renderSlip } from '#shell/receipt/render-slip.ts'
import { writeSlipsOut } from '#shell/receipt/slips-out.ts'
import { PROFILES, shippedWords, slip as slipOf } from './slips.ts'

function slips(jobs: readonly string[]) {
  return jobs.map((job) => {
    const slip = slipOf({ job })
    return { slip, rendered: renderSlip(slip, PROFILES.wide, shippedWords('zh-CN')) }
  })
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'slips-out-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

test('each slip lies there three times: for a printer, for a page, to read; and again under the same names', () => {
  const into = folder()
  expect(writeSlipsOut(into, slips(['J1', 'J2']), createDisk())).toEqual(['J1', 'J2'])
  expect(writeSlipsOut(into, slips(['J2']), createDisk())).toEqual(['J2'])
  expect(readdirSync(into).toSorted()).toEqual([
    'J1.escpos',
    'J1.svg',
    'J1.txt',
    'J2.escpos',
    'J2.svg',
    'J2.txt',
  ])
  expect(readFileSync(join(into, 'J1.svg'), 'utf8')).toContain('<svg')
})

test('where nothing can be written nothing is claimed', () => {
  const file = join(folder(), 'in-the-way')
  writeFileSync(file, '')
  expect(writeSlipsOut(file, slips(['J1']), createDisk())).toEqual([])
})
