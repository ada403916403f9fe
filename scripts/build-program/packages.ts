/** Which packages a release holds as folders, and which are rolled into the program. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..', '..')
/** Programs for one kind of processor, found by their place on the disk: they stay folders. */
export const NATIVE: readonly string[] = ['usb', 'node-hid', '@serialport/bindings-cpp']
/** Those of them whose scripts are rolled in all the same: a start reads one file in the place of seventeen, and finds the native part itself. */
export const ROLLED_NATIVE = '@serialport/bindings-cpp'
/** Wanted only when somebody has them: here a tool has, a terminal has not. */
export const NOT_SHIPPED: readonly string[] = ['supports-color']

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
})

/** Folders of the native packages and of whatever these need, `node_modules/…`; parts for other processors are absent. */
export function nativePackages(): readonly string[] {
  const { packages } = lockSchema.parse(
    JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')),
  )
  const found = new Set<string>()
  const take = (name: string, from: string): void => {
    const path = [`${from}/node_modules/${name}`, `node_modules/${name}`].find(
      (one) =>
        one in packages && statSync(join(ROOT, one), { throwIfNoEntry: false })?.isDirectory(),
    )
    if (path === undefined || found.has(path)) return
    found.add(path)
    const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {}
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies }))
      take(needed, path)
  }
  for (const name of NATIVE) take(name, '')
  // A package inside of another's folder comes with that one.
  return [...found].filter((path) => !path.slice('node_modules/'.length).includes('/node_modules/'))
}
