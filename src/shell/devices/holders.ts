/** Which processes have a device node open: a port that somebody holds is never opened for a look. */
import type { SystemTree } from './system-tree.ts'

export type Holder = { readonly pid: number; readonly program: string }

/**
 * Holders by real node path, without those of `ownPids`. Without root only processes of the same user can be seen; the lock of the port then
 * still refuses a second opener.
 */
export function findHolders(
  tree: SystemTree,
  nodes: readonly string[],
  ownPids: readonly number[],
): ReadonlyMap<string, readonly Holder[]> {
  const found = new Map<string, Holder[]>()
  for (const name of tree.list('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || ownPids.includes(pid)) continue
    const open = new Set(
      tree.list(`/proc/${name}/fd`).map((fd) => tree.link(`/proc/${name}/fd/${fd}`)),
    )
    for (const node of nodes) {
      if (!open.has(node)) continue
      const program = (tree.text(`/proc/${name}/comm`) ?? '?').replace(/[^\x20-\x7e]/g, '?')
      found.set(node, [...(found.get(node) ?? []), { pid, program }])
    }
  }
  return found
}
