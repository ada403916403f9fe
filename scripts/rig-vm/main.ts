/** `make rig-vm`: the terminal on a real kernel in an emulated machine. Exit code 0 all fine, 1 something is not, 2 it cannot be tried here. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildBase } from './base.ts'
import { bootGuest } from './guest.ts'
import { makeProductDisk } from './product.ts'

const HOME = join(import.meta.dirname, '..', '..', 'build', 'vm')

mkdirSync(HOME, { recursive: true })
const base = buildBase(HOME, console.log)
const product = join(HOME, 'product.img')
await makeProductDisk(product, HOME)
const guest = await bootGuest({
  base,
  disks: [{ file: product, place: '/usr/local', readOnly: true }],
})
try {
  const kernel = await guest.must('uname -r')
  const node = await guest.must('/usr/local/lib/suretill/node_modules/node/bin/node -v')
  console.log(`Linux ${kernel.trim()} after ${guest.bootMs} ms, Node ${node.trim()}`)
} finally {
  await guest.stop()
}
