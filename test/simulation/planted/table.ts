/** The planted bugs and what found them, as a page of the documentation. */
import { PLANTED_SALES, PLANTED_SEEDS } from './limits.ts'
import type { Found } from './plant.ts'

export type PlantedRow = { readonly what: string; readonly found: Found | null }

export function planted(rows: readonly PlantedRow[]): string {
  return [
    '# Planted bugs',
    '',
    `Made by \`node scripts/planted.ts\`: ${rows.length} money bugs, each planted alone into a copy of the source, and up to ${PLANTED_SEEDS} seeds of`,
    `${PLANTED_SALES} orders that look for it. The source as it is passes the same seeds. The sentence is the first invariant that broke; numbers`,
    'of seeds change when the simulated world does.',
    '',
    '| planted | seed | what noticed it |',
    '| --- | --- | --- |',
    ...rows.map(
      ({ found, what }) =>
        `| ${what} | ${found?.seed ?? 'none'} | ${found === null ? 'nothing' : sentence(found.broken)} |`,
    ),
    '',
  ].join('\n')
}

/** Figures of one seed are no news: only the kind of breach is kept. */
function sentence(broken: string): string {
  return broken.replaceAll('|', '/').replaceAll(/\d{30,}/g, '…')
}
