/** Waits until a picture is so: by events, with a limit, never by a pause. */
import type { View } from '#shell/api/view.ts'
import { differences, screenDifferences } from './compare.ts'
import type { Picture } from './picture.ts'
import type { Stage } from './stage.ts'

/** How long a wait may last when the scenario says nothing: long enough for a machine that does six other things. */
export const PATIENCE_MS = 30_000

/** Null, or what is wrong. */
export type Done = string | null

export type Play = {
  readonly stage: Stage
  /** The view that was shown when somebody last did something; what came after it has not been asked for yet. */
  since: View | null
}

/** A sight counts also when it has passed already, but not when it was there before the last deed and is gone. */
export async function waitFor(play: Play, picture: Picture, limitMs: number): Promise<Done> {
  const { stage } = play
  const { customer, screen, strip, ...rest } = picture
  const sights: Picture = {
    ...(screen === undefined ? {} : { screen }),
    ...(strip === undefined ? {} : { strip }),
    ...(customer === undefined ? {} : { customer }),
  }
  const missing = await stage.until(() => {
    const latest = stage.screen.views.at(-1) ?? null
    const now = screenDifferences(stage, sights, latest)
    const seen =
      now.length === 0 ||
      viewsSince(play).some((view) => screenDifferences(stage, sights, view).length === 0)
    return [...(seen ? [] : now), ...differences(stage, rest)].join('; ') || null
  }, limitMs)
  return missing === null ? null : `${missing} (waited ${limitMs / 1000} s)`
}

function viewsSince({ stage, since }: Play): readonly View[] {
  const { views } = stage.screen
  return since === null ? views : views.slice(views.lastIndexOf(since) + 1)
}
