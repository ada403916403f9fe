/** The book of the technicians: what is written stays as it was written, and who changes it is found. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Entry, PARTS, readBook, writeEntry } from '#shell/care/maintenance.ts'
import { loadTechnicianWords } from '#shell/devices/technician-words.ts'
import { createDisk } from '#shell/keys/disk.ts'

const disk = createDisk()
const ENTRY: Entry = {
  at: '2026-06-01T10:00:00.000Z',
  who: 'Wang',
  part: 'printer',
  did: 'replaced',
  was: 'SN-1',
  is: 'SN-2',
  note: '卡纸',
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'book-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('who replaced what, by which serial number, is read back in the order of the visits', () => {
  const folder = newFolder()
  expect(readBook(folder, disk)).toEqual({ ok: true, entries: [] })
  writeEntry(folder, disk, ENTRY)
  writeEntry(folder, disk, { ...ENTRY, who: 'Li', part: 'battery', was: '', is: '' })
  const book = readBook(folder, disk)
  expect(book).toMatchObject({ ok: true, entries: [ENTRY, { who: 'Li', part: 'battery' }] })
})

test('a line that is changed, taken out, moved or added by hand is named', () => {
  const folder = newFolder()
  for (const who of ['Wang', 'Li', 'Zhao']) writeEntry(folder, disk, { ...ENTRY, who })
  const file = join(folder, 'maintenance.jsonl')
  const [one = '', two = '', three = ''] = readFileSync(file, 'utf8').trim().split('\n')
  const changed: readonly (readonly [readonly string[], number])[] = [
    [[one, two.replace('SN-2', 'SN-9'), three], 2],
    [[one, three], 2],
    [[two, one, three], 1],
    [[one, two, three, one], 4],
    [[one, two.slice(0, 20), three], 2],
  ]
  for (const [lines, line] of changed) {
    writeFileSync(file, `${lines.join('\n')}\n`)
    expect(readBook(folder, disk)).toEqual({ ok: false, line })
    expect(writeEntry(folder, disk, ENTRY).ok).toBe(false)
  }
})

test('texts that are too long, empty or look like two lines are refused, and nothing is written', () => {
  const folder = newFolder()
  for (const wrong of [{ who: '' }, { note: 'x'.repeat(121) }, { is: 'SN\n{"at"' }])
    expect(writeEntry(folder, disk, { ...ENTRY, ...wrong }).ok).toBe(false)
  expect(readBook(folder, disk)).toEqual({ ok: true, entries: [] })
})

test('every part and every deed has its word in both languages', () => {
  for (const language of ['en', 'zh-CN'] as const) {
    const { labels, parts } = loadTechnicianWords('config', language).maintenance
    expect(Object.keys(parts).sort()).toEqual([...PARTS].sort())
    for (const deed of ['replaced', 'repaired', 'cleaned', 'checked', 'movedIn', 'movedOut'])
      expect(labels[deed]).toMatch(/\S/)
  }
})
