/** What DE 62 of a sign-on answer looks like by the kind of keys that was asked for (60.3). */
import type { WorkingKeyLayout } from '#core/ports/keys.ts'

export type NetworkManagementCode = '001' | '003' | '004' | '005'

const CHECK = { check: 4 } as const
const DOUBLE = [
  { use: 'pin', bytes: 16, ...CHECK },
  { use: 'mac', bytes: 16, ...CHECK },
] as const

/**
 * 001, 003 and 004 agree across terminals. For 005 no message is known: the layout of 003 with SM4 in the place of triple DES, for keys and
 * check values, is a guess that a sign-on answer of the acquirer would settle.
 */
export const WORKING_KEY_LAYOUTS: Readonly<Record<NetworkManagementCode, WorkingKeyLayout>> = {
  '001': {
    cipher: 'tdes',
    encoding: 'binary',
    parts: [
      { use: 'pin', bytes: 8, ...CHECK },
      { use: 'mac', bytes: 8, ...CHECK },
    ],
  },
  '003': { cipher: 'tdes', encoding: 'binary', parts: DOUBLE },
  '004': {
    cipher: 'tdes',
    encoding: 'binary',
    parts: [...DOUBLE, { use: 'data', bytes: 16, ...CHECK }],
  },
  '005': { cipher: 'sm4', encoding: 'binary', parts: DOUBLE },
}
