/** What `evidence verify` found, in sentences: what is proven, what is only named, and what a file cannot prove by itself. */
import type { PackVerified } from '#shell/evidence/verify-pack.ts'

export function evidenceText(verified: PackVerified): string {
  if (!verified.ok)
    return `The pack is not whole: line ${verified.line} ${verified.why}. Do not rely on it; ask for a new one from the terminal.`
  const { head, last, named, proven, records, slips, slipsRemade, trace } = verified
  return [
    `The pack about ${trace} is whole: ${records} records, ${slips} slips (${slipsRemade} made again and the same).`,
    `${proven} events are proven, ${named} are named by their hashes.`,
    `It ends at event ${last} with head ${head}.`,
    'Whoever can write a whole journal can write a whole pack: compare the head with the terminal (suretill journal export).',
  ].join('\n')
}
