import { expect, test } from 'vitest'
import { findHolders } from '#shell/devices/holders.ts'
import type { SystemTree } from '#shell/devices/system-tree.ts'

/** A machine with one process that holds /dev/ttyUSB0. */
function machine(comm: string, cmdline: string): SystemTree {
  const texts: Readonly<Record<string, string>> = {
    '/proc/7/comm': comm,
    '/proc/7/cmdline': cmdline,
  }
  return {
    list: (path) => (path === '/proc' ? ['7', 'self'] : ['3']),
    text: (path) => texts[path] ?? null,
    bytes: () => null,
    link: () => '/dev/ttyUSB0',
    real: (path) => path,
  }
}

test.each([
  ['ModemManager', '/usr/sbin/ModemManager\0', 'ModemManager'],
  ['MainThread', '/opt/till/node\0--inspect\0/opt/till/main.js\0--pin=1\0', 'node main.js'],
  ['MainThread', '', 'MainThread'],
])('a port held by %s (%j) is said to be held by "%s"', (comm, cmdline, program) => {
  const held = findHolders(machine(comm, cmdline), ['/dev/ttyUSB0'], [])
  expect(held.get('/dev/ttyUSB0')).toEqual([{ pid: 7, program }])
})
