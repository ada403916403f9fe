/** Programs of this machine's Debian, some of which lie where only root usually looks. */
import { execFileSync } from 'node:child_process'

const BUFFER_BYTES = 16_777_216

type Options = {
  readonly cwd?: string
  readonly timeoutMs?: number
}

/** Gives the output; throws with the program's own complaint when it fails or is not there. */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, timeoutMs }: Options = {},
): string {
  return execFileSync(program, args, {
    encoding: 'utf8',
    maxBuffer: BUFFER_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
    ...(cwd === undefined ? {} : { cwd }),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  })
}

/** Whether it can be run at all. */
export function isThere(program: string): boolean {
  try {
    runProgram('sh', ['-c', `command -v ${program}`])
    return true
  } catch {
    // Not found, which is the answer.
    return false
  }
}
