/** A money bug to be planted into a copy of the source, as one replacement, or as two where the product checks twice. */
export type Bug = {
  /** What a reviewer might have let through. */
  readonly what: string
  /** Occurs exactly once in core and runner together; when the source moves on and it does not, the bug's test fails. */
  readonly find: string
  readonly put: string
  readonly also?: { readonly find: string; readonly put: string }
}
