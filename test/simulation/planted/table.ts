/** The planted bugs and what found them, as a page of the documentation; and the seeds on it, at which each must be found again. */
import { PLANTED_SALES, PLANTED_SEEDS } from './limits.ts'
import type { Found } from './question.ts'

export type PlantedRow = { readonly what: string; readonly found: readonly Found[] }

export function planted(rows: readonly PlantedRow[]): string {
  return [
    '# Planted bugs',
    '',
    `Made by \`make planted\`: ${rows.length} money bugs, each planted alone into the source, and up to ${PLANTED_SEEDS} seeds of ${PLANTED_SALES} orders that look`,
    'for it. The source as it is passes the same seeds. The first few seeds that noticed it are named, and the first invariant that broke. The',
    'tests plant each again and look at these seeds alone: when the simulated world changes and none of them shows it any more, they fail until',
    'this page is made anew.',
    '',
    '| planted | seeds | what noticed it |',
    '| --- | --- | --- |',
    ...rows.map(({ found, what }) => {
      const seeds = found.map(({ seed }) => seed).join(', ') || 'none'
      return `| ${what} | ${seeds} | ${sentence(found[0]?.broken ?? 'nothing')} |`
    }),
    '',
  ].join('\n')
}

/** The seeds that the page names for a bug; none when it names none. */
export function seedsOn(page: string, what: string): readonly number[] {
  const row = page.split('\n').find((line) => line.startsWith(`| ${what} | `))
  const seeds = (row?.split(' | ')[1] ?? '').split(', ').map(Number)
  return seeds.every((seed) => Number.isInteger(seed) && seed > 0) ? seeds : []
}

/** Figures of one seed are no news: only the kind of breach is kept. */
function sentence(broken: string): string {
  return broken.replaceAll('|', '/').replaceAll(/\d{30,}/g, '…')
}
