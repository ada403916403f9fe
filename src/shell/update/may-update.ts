/** Whether the terminal of a data folder may be disturbed, asked from outside: the running one itself, or the journal of one that does not run. */
import { join } from 'node:path'
import {
  objectionsAtRest,
  UPDATE_OBJECTIONS,
  type UpdateObjection,
  type UpdateWindow,
} from '#core/update/policy.ts'
import { askLiveStatus } from '../doctor/live-status.ts'
import { stateAtRest } from './journal-at-rest.ts'

/** Empty: it may. A terminal without a journal has never sold. Rejects with what SQLite says of a journal that cannot be read. */
export async function askObjections(
  data: string,
  when: { readonly wallMs: number; readonly window: UpdateWindow },
): Promise<readonly UpdateObjection[]> {
  const live = await askLiveStatus(data)
  // A release before this one does not say: then its journal does, which has everything but what is being keyed.
  if (live?.objections !== undefined)
    return UPDATE_OBJECTIONS.filter((one) => live.objections?.includes(one))
  const state = stateAtRest(join(data, 'journal.db'))
  return state === null ? [] : objectionsAtRest(state, when)
}
