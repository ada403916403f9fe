/**
 * Where a rolled-up package finds its native part. Its own search looks through folders for what fits processor and C library, out of files that
 * a terminal would have to read and compile at each start; a release knows both.
 */
import type { Plugin } from 'vite'
import { ROLLED_NATIVE } from './packages.ts'

/** The module of the package that is taken out. */
const SEARCH = './serialport-bindings'
const FOUND = '\0native-part.cjs'
const OWN_SEARCH = `${ROLLED_NATIVE}/dist/serialport-bindings.js`

/** These stay files of their own beside the program. */
export const NATIVE_FILES = [/\.node$/, OWN_SEARCH]

/** Debian's C library, for the processors of a bundle; on any other machine the package searches. */
const CODE = `switch (process.arch) {
  case 'x64':
    exports.binding = require('${ROLLED_NATIVE}/prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node')
    break
  case 'arm64':
    exports.binding = require('${ROLLED_NATIVE}/prebuilds/linux-arm64/@serialport+bindings-cpp.armv8.glibc.node')
    break
  default:
    exports.binding = require('${OWN_SEARCH}').binding
}
`

export const nativeFinder: Plugin = {
  name: 'native-part',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === SEARCH && importer?.includes(`/${ROLLED_NATIVE}/dist/`) === true ? FOUND : null,
  load: (id) => (id === FOUND ? CODE : null),
}
