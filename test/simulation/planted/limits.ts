/** How long the simulation looks for a planted bug; most show in the first few seeds. */
export const PLANTED_SEEDS = 600
export const PLANTED_SALES = 30
/** So many seeds are named for each bug, if so many show it: a change of the simulated world seldom moves all of them. */
export const SEEDS_NAMED = 3
