/** The program of a release, into `build/program`: `npm run build` makes it, installation and bundle take it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileProgram } from './compile.ts'
import { licences } from './licences.ts'
import { writeParsed } from './parsed.ts'
import { rollUp } from './roll-up.ts'
import { writeSnapshot } from './snapshot.ts'

const build = join(import.meta.dirname, '..', '..', 'build')
const folder = join(build, 'program')
writeParsed(join(build, 'parsed'))
await rollUp(folder)
writeFileSync(join(folder, 'licences.txt'), licences(folder))
await compileProgram(folder)
writeSnapshot(folder)
