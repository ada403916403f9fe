/** What comes of reading a journal through. */

export type Verified =
  | { readonly ok: true; readonly events: number }
  /** `seq` is the row at which something no longer fits; null when the file cannot be read at all. */
  | { readonly ok: false; readonly seq: number | null; readonly why: string }
