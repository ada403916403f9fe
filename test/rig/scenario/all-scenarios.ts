/** What there is to play: the scenario files of a folder, and the drivers. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Driver, isDevice } from './fault-table.ts'
import { readScenarios, type Scenario } from './scenario-file.ts'

/** Every scenario of every file in `folder`. Throws with the place when one is unusable. */
export function scenariosIn(folder: string): readonly Scenario[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const file = join(folder, name)
      const read = readScenarios(file, readFileSync(file, 'utf8'))
      if (!read.ok) throw new Error(read.problem)
      return read.scenarios
    })
}

/** Every folder two below `folder` that has a `driver.ts`. Throws for a device that the laboratory does not know. */
export function driversOf(folder: string): readonly Driver[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .flatMap((file) => {
      const [device = '', name = '', last, deeper] = file.split('/')
      if (last !== 'driver.ts' || deeper !== undefined) return []
      if (!isDevice(device)) throw new Error(`The laboratory has no device ${device}.`)
      return [{ device, name }]
    })
}
