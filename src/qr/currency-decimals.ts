/** How many decimals a currency has (ISO 4217, list one); most have two. */

const NONE: readonly string[] =
  '108 152 174 262 324 352 392 410 548 600 646 704 800 940 950 952 953'.split(' ')
const THREE = '048 368 400 414 434 512 788'.split(' ')
const FOUR = '927 990'.split(' ')

/** `currency` is the numeric code, three digits; an unknown one counts as two. */
export function currencyDecimals(currency: string): number {
  if (NONE.includes(currency)) return 0
  if (THREE.includes(currency)) return 3
  return FOUR.includes(currency) ? 4 : 2
}
