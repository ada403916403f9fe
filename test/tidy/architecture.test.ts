/** The page of the architecture shows the rooms as they are. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { drawRooms } from '../../scripts/diagrams/draw-rooms.ts'

test('the drawing of the rooms is what the sources import', () => {
  const drawn = /```mermaid\n([\s\S]*?)```/.exec(readFileSync('docs/architecture.md', 'utf8'))?.[1]
  expect(drawn).toBe(drawRooms('.'))
})

test('a new import between rooms changes the drawing', () => {
  const root = mkdtempSync(join(tmpdir(), 'rooms-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const room of ['src/qr', 'src/core', 'drivers/transport'])
    cpSync(room, join(root, room), { recursive: true })
  expect(drawRooms(root)).not.toContain('core --> qr')
  writeFileSync(join(root, 'src', 'core', 'x.ts'), "import type { A } from '#qr/a.ts'\n")
  writeFileSync(join(root, 'src', 'core', 'y.ts'), "export { b } from '../emv/b.ts'\n")
  expect(drawRooms(root)).toContain('core --> qr')
  expect(drawRooms(root)).toContain('core --> emv')
})
