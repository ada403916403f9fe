/** The ways in which a step ends before its end: the power, the disk, and a broken invariant. */

/** The power went. Nothing after this point of the process has happened. */
export class PowerCut extends Error {}

/** The disk said no; whether the row is there nobody knows. */
export class DiskError extends Error {}

/** What must be true is not. The message is the sentence for the report. */
export class Breach extends Error {}

/** Ends the run with a sentence. */
export function breach(sentence: string): never {
  throw new Breach(sentence)
}
