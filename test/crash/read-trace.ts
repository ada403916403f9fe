/** Reads the text of `strace -xx -y` into file calls on one folder. Calls that failed changed nothing and are left out. */
import { type Mark, parseMarks } from './marks.ts'

export type Call =
  | { readonly call: 'open'; readonly fd: number; readonly name: string; readonly creates: boolean }
  | { readonly call: 'write'; readonly fd: number; readonly at: number; readonly bytes: Buffer }
  | { readonly call: 'sync'; readonly fd: number }
  | { readonly call: 'truncate'; readonly fd: number; readonly length: number }
  | { readonly call: 'unlink'; readonly name: string }
  | { readonly call: 'rename'; readonly from: string; readonly to: string }
  | { readonly call: 'close'; readonly fd: number }
  | { readonly call: 'mark'; readonly mark: Mark }

/** The wal-index: shared memory that SQLite makes anew after a crash and never syncs. */
const SCRATCH = /-shm$/
const MARKS = 'marks'
const LINE = /^(?<name>\w+)\((?<args>.*)\)\s+= (?<result>-?\d+)/
const TEXT = /"((?:\\x[0-9a-f]{2})*)"/g

/** `folder`: an absolute path; calls on anything outside it are left out. */
export function readTrace(trace: string, folder: string): readonly Call[] {
  return trace.split('\n').flatMap((line) => readLine(line, folder))
}

function readLine(line: string, folder: string): readonly Call[] {
  const { name, args = '', result } = LINE.exec(line)?.groups ?? {}
  if (name === undefined || Number(result) < 0) return []
  const texts = [...args.matchAll(TEXT)].map(([, hex = '']) => unescape(hex))
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = texts
  if (name === 'openat') {
    const file = inside(first.toString(), folder)
    return file === null
      ? []
      : [{ call: 'open', fd: Number(result), name: file, creates: args.includes('O_CREAT') }]
  }
  if (name.startsWith('unlink')) {
    const file = inside(first.toString(), folder)
    return file === null ? [] : [{ call: 'unlink', name: file }]
  }
  if (name.startsWith('rename')) {
    const [from, to] = [inside(first.toString(), folder), inside(second.toString(), folder)]
    return from === null || to === null ? [] : [{ call: 'rename', from, to }]
  }
  return onDescriptor(name, args, { folder, bytes: first })
}

function onDescriptor(
  name: string,
  args: string,
  { folder, bytes }: { folder: string; bytes: Buffer },
): readonly Call[] {
  const [, number = '', path = ''] = /^(\d+)<((?:\\x[0-9a-f]{2})*)>/.exec(args) ?? []
  const file = inside(unescape(path).toString(), folder)
  if (file === null) return []
  const fd = Number(number)
  const last = Number(args.slice(args.lastIndexOf(',') + 1))
  switch (name) {
    case 'write':
      return file === MARKS
        ? parseMarks(bytes.toString()).map((mark) => ({ call: 'mark', mark }))
        : refuse(`write without a place on ${file}`)
    case 'pwrite64':
      return [{ call: 'write', fd, at: last, bytes }]
    case 'fsync':
    case 'fdatasync':
      return [{ call: 'sync', fd }]
    case 'ftruncate':
      return [{ call: 'truncate', fd, length: last }]
    case 'close':
      return [{ call: 'close', fd }]
    default:
      return refuse(`unknown call ${name}`)
  }
}

/** Name within the folder, empty for the folder itself; null for anything else. */
function inside(path: string, folder: string): string | null {
  if (path === folder) return ''
  if (!path.startsWith(`${folder}/`) || SCRATCH.test(path)) return null
  return path.slice(folder.length + 1)
}

function unescape(hex: string): Buffer {
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex')
}

/** A call that the model of the disk does not know would make every verdict worthless. */
function refuse(why: string): never {
  throw new Error(`the trace cannot be rebuilt: ${why}`)
}
