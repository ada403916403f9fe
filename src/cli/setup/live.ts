/** The new terminal at work while it is set up: started as `suretill run` starts it, with a technician's hands in the place of the pages. */
import { Command, CommanderError } from 'commander'
import type { ScreensApi } from '#shell/api/screens-api.ts'
import type { RunParts } from '../run/parts.ts'
import { registerRun } from '../run/run.ts'

export type Lived<Result> =
  | { readonly ok: true; readonly result: Result }
  /** What the terminal said when it refused to start. */
  | { readonly ok: false; readonly sentence: string }

/** Ends the terminal in good order when `work` is done. */
export async function whileRunning<Result>(
  running: RunParts,
  places: { readonly config: string; readonly data: string },
  work: (api: ScreensApi) => Promise<Result>,
): Promise<Lived<Result>> {
  const said: string[] = []
  const ready = Promise.withResolvers<void>()
  const stop = Promise.withResolvers<string>()
  let api: ScreensApi | null = null
  const program = new Command('suretill').exitOverride()
  registerRun(program, {
    ...running,
    out: () => ready.resolve(),
    err: (line) => void said.push(line),
    startScreens: async (options) => {
      api = options.api
      return { ok: true, url: '', customerUrl: '', close: async () => undefined }
    },
    // Whoever set up the service did not start this one.
    serviceManager: () => ({
      beatEveryMs: null,
      ready: () => undefined,
      starting: () => undefined,
      alive: () => undefined,
      stopping: () => undefined,
    }),
    untilStopped: () => stop.promise,
    leave: () => undefined,
  })
  const ended = program
    .parseAsync(['run', '--config', places.config, '--data', places.data], { from: 'user' })
    .then(() => null)
    .catch((cause: unknown) => {
      if (cause instanceof CommanderError) return said.at(-1) ?? cause.message
      throw cause
    })
  const refused = await Promise.race([ready.promise.then(() => null), ended])
  if (refused !== null || api === null) return { ok: false, sentence: refused ?? said.at(-1) ?? '' }
  try {
    return { ok: true, result: await work(api) }
  } finally {
    stop.resolve('set up')
    await ended
  }
}
