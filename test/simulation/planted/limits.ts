/** How long the simulation looks for a planted bug; most show in the first few seeds. */
export const PLANTED_SEEDS = 600
export const PLANTED_SALES = 30
