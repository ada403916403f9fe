/** Terminal Verification Results, Transaction Status Information and Application Interchange Profile in words (EMV Book 3 annex C). */

/** For each byte the words of bits 8 down to 1; null = reserved. */
type BitTable = readonly (readonly (string | null)[])[]

const TVR_BYTES = 5
const TSI_BYTES = 2
const AIP_BYTES = 2

/** Tag 95: the words of all bits set, first byte first, bit 8 first; null unless five bytes. */
export function tvrWords(bytes: Uint8Array): readonly string[] | null {
  return bytes.length === TVR_BYTES ? wordsOf(bytes, TVR) : null
}

/** Tag 9B; null unless two bytes. */
export function tsiWords(bytes: Uint8Array): readonly string[] | null {
  return bytes.length === TSI_BYTES ? wordsOf(bytes, TSI) : null
}

/** Tag 82; null unless two bytes. */
export function aipWords(bytes: Uint8Array): readonly string[] | null {
  return bytes.length === AIP_BYTES ? wordsOf(bytes, AIP) : null
}

function wordsOf(bytes: Uint8Array, table: BitTable): string[] {
  return [...bytes].flatMap((byte, at) =>
    Array.from({ length: 8 }, (_, bit) => bit)
      .filter((bit) => (byte & (0x80 >> bit)) !== 0)
      .map((bit) => table[at]?.[bit] ?? `Reserved (byte ${at + 1}, bit ${8 - bit})`),
  )
}

const TVR: BitTable = [
  [
    'Offline data authentication was not performed',
    'SDA failed',
    'ICC data missing',
    'Card on terminal exception file',
    'DDA failed',
    'CDA failed',
    'SDA selected',
    'XDA selected',
  ],
  [
    'ICC and terminal have different application versions',
    'Expired application',
    'Application not yet effective',
    'Requested service not allowed for card product',
    'New card',
  ],
  [
    'Cardholder verification was not successful',
    'Unrecognised CVM',
    'PIN Try Limit exceeded',
    'PIN entry required and PIN pad not present or not working',
    'PIN entry required, PIN pad present, but PIN was not entered',
    'Online CVM captured',
  ],
  [
    'Transaction exceeds floor limit',
    'Lower consecutive offline limit exceeded',
    'Upper consecutive offline limit exceeded',
    'Transaction selected randomly for online processing',
    'Merchant forced transaction online',
  ],
  [
    'Default TDOL used',
    'Issuer authentication failed',
    'Script processing failed before final GENERATE AC',
    'Script processing failed after final GENERATE AC',
    'Relay resistance threshold exceeded',
    'Relay resistance time limits exceeded',
  ],
]

const TSI: BitTable = [
  [
    'Offline data authentication was performed',
    'Cardholder verification was performed',
    'Card risk management was performed',
    'Issuer authentication was performed',
    'Terminal risk management was performed',
    'Script processing was performed',
  ],
]

const AIP: BitTable = [
  [
    'XDA supported',
    'SDA supported',
    'DDA supported',
    'Cardholder verification is supported',
    'Terminal risk management is to be performed',
    'Issuer authentication is supported',
    'On device cardholder verification is supported',
    'CDA supported',
  ],
  ['EMV mode is supported'],
]
