/** What is said of a terminal in each of its standings, beat by beat on a clock of our own. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import { createScreens } from '#shell/api/screens.ts'
import { askLiveStatus } from '#shell/doctor/live-status.ts'
import { attend } from '#shell/service/attend.ts'
import type { ServiceManager } from '#shell/service/service-manager.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function attended(
  standing: { journal: boolean; outOfService: boolean },
  folder = temporaryFolder(),
) {
  const said: string[] = []
  const tasks: (() => void)[] = []
  const state = initialState()
  const screens = createScreens({
    state: () => state,
    dispatch: () => undefined,
    typeCode: () => undefined,
    wallMs: () => 0,
    random: (length) => new Uint8Array(length),
    slipSvg: () => null,
  })
  const manager: ServiceManager = {
    beatEveryMs: 5000,
    ready: () => said.push('ready'),
    starting: () => said.push('starting'),
    alive: () => said.push('alive'),
    stopping: () => said.push('stopping'),
  }
  const attendant = await attend({
    state: () => state,
    view: () => {
      if (standing.outOfService) screens.stop('journal.failed')
      else screens.resume()
      return screens.api.view()
    },
    canReadJournal: () => standing.journal,
    folder,
    pid: 4711,
    clock: {
      wallMs: () => 0,
      monotonicMs: () => 0,
      after: (_, task) => {
        tasks.push(task)
        return () => undefined
      },
    },
    note: (what) => said.push(what),
    manager,
  })
  const beat = (): string[] => {
    said.length = 0
    tasks.shift()?.()
    return [...said]
  }
  return { attendant, beat, folder, said }
}

test('all well: ready once, then fed at each beat, and stopping at the end', async () => {
  const { attendant, beat, said } = await attended({ journal: true, outOfService: false })
  expect(said).toEqual(['ready', 'alive'])
  expect(beat()).toEqual(['alive'])
  attendant.stop()
  expect(said).toContain('stopping')
})

test('a journal that can no longer be read is not fed, so that the service is started anew', async () => {
  const standing = { journal: true, outOfService: false }
  const { beat } = await attended(standing)
  standing.journal = false
  expect(beat()).toEqual(['watchdog not fed'])
})

test('a start on a full disk asks for more time and is ready when there is room again', async () => {
  const standing = { journal: true, outOfService: true }
  const { beat, said } = await attended(standing)
  expect(said).toEqual(['starting', 'alive'])
  standing.outOfService = false
  expect(beat()).toEqual(['ready', 'alive'])
})

test('a terminal that repairs its journal is left alone: its screens say what to do', async () => {
  const standing = { journal: true, outOfService: false }
  const { beat } = await attended(standing)
  standing.outOfService = true
  standing.journal = false
  expect(beat()).toEqual(['alive'])
})

test('whoever may read the data folder is told how the terminal is', async () => {
  const { attendant, folder } = await attended({ journal: true, outOfService: false })
  expect(await askLiveStatus(folder)).toMatchObject({ pid: 4711, link: 'down', keysReady: false })
  attendant.stop()
  expect(await askLiveStatus(folder)).toBeNull()
})

test('a data folder whose name is too long for a door is no reason not to sell', async () => {
  const folder = join(temporaryFolder(), 'x'.repeat(120))
  mkdirSync(folder)
  const { beat, said } = await attended({ journal: true, outOfService: false }, folder)
  expect(said).toEqual(['no door for the doctor', 'ready', 'alive'])
  expect(beat()).toEqual(['alive'])
})
