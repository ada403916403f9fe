/** The terminal as systemd sees it: ready when it is, fed while it lives, left alone when it hangs. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { canReadJournal } from '#shell/service/read-journal.ts'
import { createServiceManager } from '#shell/service/service-manager.ts'
import { systemClock } from '#shell/system-clock.ts'
import { openShop } from '../../terminal/shop.ts'
import { startManager } from './manager.ts'
import { temporaryFolder } from './temporary-folder.ts'

const nobody = { notifySocket: undefined, watchdogUsec: undefined, watchdogPid: undefined }
const parts = { pid: 4711, clock: systemClock, onFailed: () => undefined }

test('started by hand, nobody is told and nobody watches', () => {
  const manager = createServiceManager({ ...parts, environment: nobody, program: '/no/such' })
  manager.ready('fine')
  expect(manager.beatEveryMs).toBeNull()
})

test('a watchdog of 20 seconds is fed three times in its time, and one for another process is not', () => {
  const environment = { ...nobody, watchdogUsec: '20000000' }
  expect(createServiceManager({ ...parts, environment }).beatEveryMs).toBe(6666)
  const others = { ...environment, watchdogPid: '1' }
  expect(createServiceManager({ ...parts, environment: others }).beatEveryMs).toBeNull()
})

test('a system without systemd-notify is noted once, and the terminal goes on', async () => {
  const manager = await startManager()
  const { promise, resolve } = Promise.withResolvers<string>()
  const service = createServiceManager({
    ...parts,
    environment: { ...nobody, notifySocket: manager.socket },
    program: '/no/such/program',
    onFailed: resolve,
  })
  service.ready('fine')
  service.alive('fine')
  expect(await promise).toContain('ENOENT')
})

test('a text with a line end cannot smuggle in another assignment', async () => {
  const manager = await startManager()
  const environment = { ...nobody, notifySocket: manager.socket }
  createServiceManager({ ...parts, environment }).ready('fine\nMAINPID=1')
  await manager.until('STATUS=')
  expect(manager.told()).toEqual(['READY=1', 'STATUS=fine MAINPID=1'])
})

test('a journal that is gone or is no journal does not count as alive', () => {
  const folder = temporaryFolder()
  expect(canReadJournal(join(folder, 'journal.db'))).toBe(false)
  const file = join(folder, 'other.db')
  writeFileSync(file, 'no journal, and long enough to be taken for one by its name alone')
  expect(() => canReadJournal(file)).toThrow('not a database')
  const empty = new DatabaseSync(join(folder, 'empty.db'))
  empty.exec('CREATE TABLE other (a)')
  empty.close()
  expect(() => canReadJournal(join(folder, 'empty.db'))).toThrow('no such table')
})

test('the real terminal says ready after its screens are served, feeds its watchdog, and says that it stops', async () => {
  const manager = await startManager()
  const environment = { NOTIFY_SOCKET: manager.socket, WATCHDOG_USEC: '3000000' }
  const { terminal } = await openShop({ closed: true, environment })
  await terminal.powerOn()
  await manager.until('READY=1')
  await manager.until('WATCHDOG=1')
  await terminal.stop()
  await manager.until('STOPPING=1')
  expect(manager.told()[0]).toBe('READY=1')
  expect(manager.told().filter((line) => line === 'READY=1')).toHaveLength(1)
  expect(manager.told().at(-1)).toBe('STOPPING=1')
}, 30_000)
