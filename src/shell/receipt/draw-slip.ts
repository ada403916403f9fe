/** A slip that cannot be drawn is owed and told of. It must not end the program: the same slip would end it again at every start. */
import type { PrinterProfile } from '#core/ports/printer.ts'
import type { Slip } from '#core/receipt/slip.ts'
import type { Note } from '../log.ts'
import { type RenderedSlip, renderSlip } from './render-slip.ts'
import type { SlipWords } from './slip-words.ts'

/** Null when the facts are of a kind that the layout does not know; the log then names the job. */
export function drawSlip(
  slip: Slip,
  profile: PrinterProfile,
  { note, words }: { readonly note: Note; readonly words: SlipWords },
): RenderedSlip | null {
  try {
    return renderSlip(slip, profile, words)
  } catch (cause) {
    note('slip cannot be drawn', {
      job: slip.job,
      detail: cause instanceof Error ? cause.message : String(cause),
    })
    return null
  }
}
