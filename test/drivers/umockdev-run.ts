/** Runs a program of the tests on devices made by umockdev; what it prints is what the program printed. */
import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** `devices`: arguments that name them; `program`: a TypeScript file and its arguments. Rejects when it fails or takes too long. */
export async function onMadeDevices(
  devices: readonly string[],
  program: readonly [URL, ...string[]],
): Promise<string> {
  const [file, ...rest] = program
  const command = [process.execPath, fileURLToPath(file), ...rest]
  try {
    const { stdout } = await promisify(execFile)('umockdev-run', [...devices, ...command], {
      timeout: 15_000,
    })
    return stdout
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw missing
      ? new Error("umockdev-run is not there: install Debian's package umockdev")
      : error
  }
}
