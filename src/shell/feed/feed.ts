/** The feed of this terminal: stream and hook on one reading connection. Off unless `feed` stands in the configuration. */
import type { Clock } from '#core/ports/clock.ts'
import type { Disk } from '../keys/disk.ts'
import type { Note } from '../log.ts'
import { startHook } from './hook.ts'
import { openSource } from './source.ts'
import { startStream } from './stream.ts'

export type FeedSettings = {
  readonly stream?: { readonly port: number; readonly secret: string } | undefined
  readonly hook?: { readonly url: string; readonly secret: string } | undefined
}

export type FeedStart =
  /** `port` of the stream; null: there is none. */
  | { readonly ok: true; readonly port: number | null; close(): Promise<void> }
  /** One sentence for the technician. */
  | { readonly ok: false; readonly sentence: string }

/** `journal` and `positionFile` are files of the data folder. Never rejects for what the world can cause. */
export async function startFeed(
  { hook, stream }: FeedSettings,
  parts: {
    readonly journal: string
    readonly positionFile: string
    readonly terminal: string
    readonly disk: Disk
    readonly clock: Pick<Clock, 'after'>
    readonly note: Note
  },
): Promise<FeedStart> {
  const source = openSource(parts.journal)
  const served = stream === undefined ? null : await startStream({ ...stream, ...parts, source })
  if (served !== null && !served.ok) {
    source.close()
    return served
  }
  const stopHook = hook === undefined ? null : startHook({ ...hook, ...parts, source })
  return {
    ok: true,
    port: served?.port ?? null,
    close: async () => {
      stopHook?.()
      await served?.close()
      source.close()
    },
  }
}
