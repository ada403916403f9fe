/** An answer of the acquirer as it came off the wire, without card data. */
export type HostReply = {
  readonly mti: string
  /** DE 64: checked against our key, wrong, or not there. */
  readonly mac: 'good' | 'bad' | 'absent'
  /** Values of an allow-list of fields, keyed by number; never 2, 35, 36, 52. */
  readonly fields: Readonly<Record<string, string>>
  /** Keyed hash of whoever paid by code, where the acquirer names them; absent: it does not. */
  readonly payer?: string
}
