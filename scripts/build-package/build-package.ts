/**
 * Builds the package that others install for the codecs alone: `suretill/iso8583`, `/emv`, `/qr`, `/crypto`, and the shipped dialects
 * as data. It has no dependencies; the terminal itself is not in it.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileRooms } from './compile-rooms.ts'
import { dataModules } from './data-modules.ts'
import { packageManifest } from './package-manifest.ts'

export const ROOT: string = join(import.meta.dirname, '..', '..')

/** Writes the whole package into `outFolder`, which is emptied first. Throws with a sentence when anything is wrong. */
export function buildPackage(outFolder: string): void {
  rmSync(outFolder, { recursive: true, force: true })
  mkdirSync(outFolder, { recursive: true })
  compileRooms(ROOT, outFolder)
  for (const { file, text } of dataModules(ROOT)) {
    mkdirSync(join(outFolder, file, '..'), { recursive: true })
    writeFileSync(join(outFolder, file), text)
  }
  // The nearest package.json says what a .js file is.
  writeFileSync(join(outFolder, 'cjs', 'package.json'), '{ "type": "commonjs" }\n')
  writeFileSync(join(outFolder, 'package.json'), packageManifest(ROOT))
  cpSync(join(import.meta.dirname, 'README.md'), join(outFolder, 'README.md'))
  cpSync(join(ROOT, 'LICENSE'), join(outFolder, 'LICENSE'))
}
