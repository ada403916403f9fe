/** A host may drop what it cannot prove without a word: whatever is repeated for ever fetches keys from time to time. */

const TRIES_WITH_ONE_KEY = 3

/** Of what has left so often and was not answered: fresh keys may heal it. */
export function wantsKeys({ tries }: { readonly tries: number }): boolean {
  return tries % TRIES_WITH_ONE_KEY === 0
}
