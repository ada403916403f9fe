/** The exceptions of a batch in short, as they stand on its slip: each group once. */

export type ExceptionGroup =
  | 'doubted'
  | 'keyedAgain'
  | 'blind'
  | 'takenBack'
  | 'corrected'
  | 'withoutSlip'
  | 'partly'
  | 'samePayer'
  | 'holds'
  | 'unknown'
  | 'codes'
  | 'slips'
  | 'collect'

export type ExceptionCount = {
  readonly group: ExceptionGroup
  /** Lines of the list with a reason of this group. */
  readonly count: number
}
