/** Each event carries a hash over itself and the hash before it: a changed, missing, added or moved row shows. */
import { hash } from 'node:crypto'

export const CHAIN_START: Uint8Array = new Uint8Array(32)

export type ChainedRow = {
  readonly seq: number
  readonly at: number
  readonly body: string
  readonly effects: string
  readonly refused: string | null
}

/** SHA-256 over the previous hash and the row, every part with its length in front. 32 bytes. */
export function chainHash(previous: Uint8Array, row: ChainedRow): Uint8Array {
  const parts = [String(row.seq), String(row.at), row.body, row.effects, row.refused ?? '']
  const framed = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('')
  return hash('sha256', Buffer.concat([previous, Buffer.from(framed)]), 'buffer')
}
