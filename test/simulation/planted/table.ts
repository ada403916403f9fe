/** The planted bugs and what found them, as a page of the documentation; and the seeds on it, at which each must be found again. */
import { PLANTED_SALES, PLANTED_SEEDS } from './limits.ts'
import type { Found } from './question.ts'

export type PlantedRow = { readonly what: string; readonly found: Found | null }

export function planted(rows: readonly PlantedRow[]): string {
  return [
    '# Planted bugs',
    '',
    `Made by \`make planted\`: ${rows.length} money bugs, each planted alone into the source, and up to ${PLANTED_SEEDS} seeds of ${PLANTED_SALES} orders that`,
    'look for it. The source as it is passes the same seeds. The sentence is the first invariant that broke. The tests plant each again and',
    'look at its seed alone: when the simulated world changes and one is no longer found there, they fail until this page is made anew.',
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

/** The seed that the page names for a bug; null when it names none. */
export function seedOn(page: string, what: string): number | null {
  const row = page.split('\n').find((line) => line.startsWith(`| ${what} | `))
  const seed = Number(row?.split(' | ')[1])
  return Number.isInteger(seed) ? seed : null
}

/** Figures of one seed are no news: only the kind of breach is kept. */
function sentence(broken: string): string {
  return broken.replaceAll('|', '/').replaceAll(/\d{30,}/g, '…')
}
