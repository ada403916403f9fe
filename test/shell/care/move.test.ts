/** A box that takes over and is cut off in the middle: it must not be a new terminal that knows nothing of what is owed. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import { type MoveParts, moveIn, moveOut } from '#shell/care/move.ts'
import { readRetired, retiredSentence } from '#shell/care/retired.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { createDisk, type Disk } from '#shell/keys/disk.ts'
import { markRefused } from '../../../src/cli/journal/mark-refused.ts'

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

/** An old box with one event, handed over. */
async function handedOver(): Promise<(name: string, disk?: Disk) => MoveParts> {
  const home = mkdtempSync(join(tmpdir(), 'move-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const parts = (name: string, disk = createDisk()): MoveParts => {
    const data = join(home, name)
    mkdirSync(data, { recursive: true })
    const said = { key: 'correct horse battery staple', who: 'WANG', at: '2026-06-01T00:00:00Z' }
    return { ...said, data, disk, random, folder: join(home, 'travels') }
  }
  const old = parts('old')
  writeFileSync(join(old.data, 'device.key'), random(32))
  writeFileSync(join(old.data, 'archive-1-9.jsonl'), '{}\n')
  const opened = openJournal(join(old.data, 'journal.db'))
  if (!opened.ok) throw new Error(opened.why)
  const event = { type: 'keyPressed', page: 'amount#1', key: '5', at: 1 } as const
  const entries = [{ event, effects: [], refused: null }]
  opened.journal.commit({ entries, state: initialState(), sealed: [] })
  opened.journal.close()
  expect(await moveOut(old)).toMatchObject({ ok: true, events: 1, archives: 1 })
  return parts
}

/** Refuses everything from this write on, as when the power is gone. */
function cutOffAfter(writes: number): Disk {
  const disk = createDisk()
  let left = writes
  return {
    read: (file) => disk.read(file),
    write: (file, bytes, mode) => {
      if (left === 0) throw new Error('cut off')
      left -= 1
      disk.write(file, bytes, mode)
    },
  }
}

test('a take-over that is cut off starts no new terminal, and the same command finishes it; then the box can be moved on', async () => {
  const parts = await handedOver()
  const nothing = parts('nothing', cutOffAfter(0))
  for (const early of [
    nothing,
    { ...nothing, disk: createDisk(), key: 'another key altogether' },
  ]) {
    expect(await moveIn(early)).toMatchObject({ ok: false })
    expect(readdirSync(nothing.data)).toEqual([])
  }
  // The mark, the device key; the end of the mark is the last.
  for (const writes of [1, 2]) {
    const cut = parts(`box-${writes}`, cutOffAfter(writes))
    const box = { ...cut, disk: createDisk() }
    expect(await moveIn(cut)).toMatchObject({ why: 'cannot' })
    const sentence = retiredSentence(readRetired(box.data, box.disk))
    expect(sentence).toContain('move-in" again')
    expect(await moveOut(box)).toMatchObject({ why: 'retired', detail: 'arriving' })
    expect(await moveIn(box)).toMatchObject({ ok: true, events: 1, archives: 1 })
    expect(readRetired(box.data, box.disk)).toBeNull()
  }
  const moved = parts('box', cutOffAfter(3))
  expect(await moveIn(moved)).toMatchObject({ ok: true, events: 1, archives: 1 })
  expect(await moveIn(moved)).toMatchObject({ ok: false, why: 'hasJournal' })
  rmSync(moved.folder, { recursive: true })
  expect(await moveOut({ ...moved, disk: createDisk() })).toMatchObject({ ok: true, events: 1 })
})

test('a restore onto an empty disk that is cut off starts no new terminal', () => {
  const data = mkdtempSync(join(tmpdir(), 'empty-disk-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const disk = createDisk()
  const refused = (): string | null =>
    markRefused(join(data, 'journal.db'), join(data, 'journal.mark'), disk)
  expect(refused()).toBeNull()
  writeFileSync(join(data, 'journal.db.restore'), 'half')
  expect(refused()).toContain('was not finished')
})
