/** What is counted of the paper in the printer, as the state keeps it. */

/** Counted in printed lines; a picture or bar code counts as the lines it takes in the text of the slip. */
export type Paper = {
  /** Since somebody said that the roll is new, or since paper came back after it had run out. */
  readonly sinceNewRoll: number
  /** Of the longest slip printed on this roll. */
  readonly longestSlip: number
  /** Since the terminal was new: for the printer's service. */
  readonly odometer: number
}
