/** What the link does for itself, by name, and what it knows about that. */

export type LinkState = 'up' | 'down' | 'signingOn' | 'signedOff'

/**
 * `blacklist`: cards, by their first digits or whole, that the acquirer wants refused. `contactless`: up to which amount a tap needs no
 * PIN and no signature.
 */
export const DOWNLOADS = ['parameters', 'caKeys', 'aids', 'blacklist', 'contactless'] as const

export type DownloadName = (typeof DOWNLOADS)[number]
export type Chore = 'signOn' | DownloadName

/** By the request of the host: the low nibble of the third header byte of its answers. */
export type HostRequests = Readonly<Record<string, Chore>>

/** As one implementation has them; 2 (upload of states) and 6 (a new program) are not offered. */
export const USUAL_HOST_REQUESTS: HostRequests = {
  '1': 'parameters',
  '3': 'signOn',
  '4': 'caKeys',
  '5': 'aids',
  '7': 'blacklist',
}

/** What may be under way on the line while nobody pays. */
type Running = DownloadName | 'scriptNotice' | 'signature'

/** Shown until it is over, as `faults.<name>` of the locales. */
export type LinkFault = 'keysMissing' | 'macFailures'

export type Upkeep = {
  /** To be done when nobody waits, in this order, each once. */
  readonly due: readonly Chore[]
  readonly running: Running | null
  /** Wall time of the last sign-on; 0: never. */
  readonly signedOnAt: number
  /** What lies in the data folder. */
  readonly downloaded: readonly DownloadName[]
  /** Came to nothing the last time; tried again after the next sign-on. Absent: none. */
  readonly failed?: readonly DownloadName[]
  /** Tries of the link that failed since it was last up. */
  readonly failures: number
  /** Answers in a row whose MAC did not fit; absent: none. */
  readonly macFailures?: number
  /** The last sign-on brought no keys that can be used; absent: it did. */
  readonly keysMissing?: boolean
}
