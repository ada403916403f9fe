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
  // Every open file of every process would be looked at, for nothing.
  if (nodes.length === 0) return found
  for (const name of tree.list('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || ownPids.includes(pid)) continue
    const open = new Set(
      tree.list(`/proc/${name}/fd`).map((fd) => tree.link(`/proc/${name}/fd/${fd}`)),
    )
    for (const node of nodes) {
      if (!open.has(node)) continue
      const program = programOf(tree, name).replace(/[^\x20-\x7e]/g, '?')
      found.set(node, [...(found.get(node) ?? []), { pid, program }])
    }
  }
  return found
}

/** What Node calls its main thread; it says nothing to who has to find the program. */
const NODE_THREAD = 'MainThread'
const NAME_LONGEST = 60

/** The kernel's name of the process; of a Node program `node` and its script, without folders and further arguments. */
function programOf(tree: SystemTree, pid: string): string {
  const kernelName = tree.text(`/proc/${pid}/comm`)?.trim() ?? '?'
  if (kernelName !== NODE_THREAD) return kernelName
  const [program = '', ...args] = (tree.text(`/proc/${pid}/cmdline`) ?? '').split('\0')
  const script = args.find((arg) => !arg.startsWith('-')) ?? ''
  const words = [program, script].map((path) => path.slice(path.lastIndexOf('/') + 1))
  return words.filter(Boolean).join(' ').slice(0, NAME_LONGEST) || kernelName
}
