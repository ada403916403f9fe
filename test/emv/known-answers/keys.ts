/** Known answers about MACs, PIN blocks, DUKPT and key blocks. */
import { expect } from 'vitest'
import {
  aesCheckValue,
  aesCmac,
  aesInitialKey,
  aesPurposeKey,
  aesTransactionKey,
  concat,
  decipherPinBlock4,
  decodePinBlock0,
  decodePinBlock2,
  decodePinBlock3,
  desCmac,
  desEncrypt,
  desEncryptCbc,
  encipherPinBlock4,
  encodePinBlock0,
  encodePinBlock2,
  keyCheckValue,
  type MacPadding,
  panField4,
  pinField4,
  retailMac,
  retailMacOf,
  tdesInitialKey,
  tdesPurposeKey,
  tdesTransactionKey,
  toHex,
  unwrapKeyBlock,
} from '#crypto/public.ts'
import {
  ascii,
  bytes,
  type Checker,
  type Checkers,
  digits,
  get,
  has,
  type Json,
  number,
  text,
} from './vector.ts'

const pinBlockDecode =
  (decode: (input: Json) => ReturnType<typeof decodePinBlock0>): Checker =>
  (input, expected) => {
    expect(decode(input)).toEqual({ ok: true, pin: digits(expected) })
  }

const retail: Checker = (input, expected) => {
  const padding = paddingOf(get(input, 'padding'))
  const mac = retailMacOf(bytes(get(input, 'key1')), bytes(get(input, 'key2')), {
    data: bytes(get(input, 'data')),
    padding,
  })
  const length = get(input, 'length')
  expect(toHex(mac.subarray(0, length === null ? 8 : number(length)))).toBe(text(expected))
}

export const keyCheckers: Checkers = {
  'aes-cmac': (input, expected) => {
    const mac = aesCmac(bytes(get(input, 'key')), bytes(get(input, 'data')))
    expect(toHex(mac)).toBe(get(expected, 'mac'))
  },
  'retail-mac-iso9797-alg3': retail,
  'emv-mac-mac_iso9797_3': retail,
  'pinblock-encode_pinblock_iso_0': (input, expected) => {
    const block = encodePinBlock0(digits(get(input, 'pin')), digits(get(input, 'pan')))
    expect(toHex(block)).toBe(text(expected))
  },
  'pinblock-encode_pinblock_iso_2': (input, expected) => {
    expect(toHex(encodePinBlock2(digits(get(input, 'pin'))))).toBe(text(expected))
  },
  'pinblock-decode_pinblock_iso_0': pinBlockDecode((input) =>
    decodePinBlock0(bytes(get(input, 'pinblock')), digits(get(input, 'pan'))),
  ),
  'pinblock-decode_pinblock_iso_2': pinBlockDecode((input) =>
    decodePinBlock2(bytes(get(input, 'pinblock'))),
  ),
  'pinblock-decode_pinblock_iso_3': pinBlockDecode((input) =>
    decodePinBlock3(bytes(get(input, 'pinblock')), digits(get(input, 'pan'))),
  ),
  'pinblock-decipher_pinblock_iso_4': pinBlockDecode((input) =>
    decipherPinBlock4(
      bytes(get(input, 'key')),
      bytes(get(input, 'pin_block')),
      digits(get(input, 'pan')),
    ),
  ),
  'pinblock-fmt0': (input, expected) => {
    const block = encodePinBlock0(digits(get(input, 'pin')), digits(get(input, 'pan')))
    expect(toHex(block)).toBe(get(expected, 'block'))
  },
  'pinblock-fmt4-panfield': (input, expected) => {
    expect(toHex(panField4(digits(get(input, 'pan'))))).toBe(get(expected, 'panField'))
  },
  'pinblock-fmt4-pinfield-prefix': (input, expected) => {
    const field = pinField4(digits(get(input, 'pin')), new Uint8Array(8))
    expect(toHex(field.subarray(0, 8))).toBe(get(expected, 'first8'))
  },
  'dukpt-tdes-txn': tdesDukpt,
  'dukpt-aes-ik': (input, expected) => {
    const key = aesInitialKey(bytes(get(input, 'bdk')), bytes(get(input, 'ikid')))
    expect(toHex(key)).toBe(get(expected, 'ik'))
  },
  'dukpt-aes-txn': aesDukpt,
  'tr31-unwrap': (input, expected) => {
    const outcome = unwrapKeyBlock(bytes(get(input, 'kbpk')), text(get(input, 'keyBlock')))
    if (!outcome.ok) throw new Error(`refused: ${outcome.error}`)
    const { header, key } = outcome
    const found: Record<string, Json> = { ...header, optionalBlocks: header.optional.length }
    const { key: expectedKey, kcv, ...named } = object(expected)
    expect(toHex(key)).toBe(expectedKey)
    expect(found).toMatchObject(named)
    if (kcv !== undefined) {
      // The sets give AES check values by CMAC in three or five bytes, DES ones in three.
      const length = text(kcv).length / 2
      const check =
        header.algorithm === 'A' ? aesCheckValue(key, length) : keyCheckValue(key, length)
      expect(toHex(check)).toBe(kcv)
    }
  },
}

function tdesDukpt(input: Json, expected: Json): void {
  const ksn = bytes(get(input, 'ksn'))
  const key = tdesTransactionKey(tdesInitialKey(bytes(get(input, 'bdk')), ksn), ksn)
  const macData = ascii(text(get(input, 'macData')))
  const found: Record<string, string> = { txnKey: toHex(key) }
  const block = encodePinBlock0(digits(get(input, 'pin')), digits(get(input, 'pan')))
  expect(toHex(block)).toBe(get(input, 'clearPinBlockFmt0'))
  found['pinBlock'] = toHex(desEncrypt(tdesPurposeKey(key, 'pin'), block))
  for (const way of ['Request', 'Response'] as const) {
    const macKey = tdesPurposeKey(key, `mac${way}`)
    found[`mac${way}`] = toHex(retailMac(macKey, macData).subarray(0, 4))
    found[`cmac${way}`] = toHex(desCmac(macKey, macData))
  }
  const dataKey = tdesPurposeKey(key, 'dataRequest')
  found['dataRequestCbcZeroIv'] = toHex(desEncryptCbc(dataKey, bytes(get(input, 'encData'))))
  expect(pick(found, expected)).toEqual(expected)
}

function aesDukpt(input: Json, expected: Json): void {
  const ksn = bytes(get(input, 'ksn'))
  const initial = aesInitialKey(bytes(get(input, 'bdk')), ksn.subarray(0, 8))
  const key = aesTransactionKey(initial, ksn)
  const found: Record<string, string> = { txnKey: toHex(key) }
  const purposes = { pinKey: 'pin', macGenKey: 'macGenerate', dataEncKey: 'dataEncrypt' } as const
  const kinds = { Aes128: 'aes128', Aes192: 'aes192', Aes256: 'aes256' } as const
  for (const [name, purpose] of Object.entries(purposes)) {
    for (const [suffix, kind] of Object.entries(kinds)) {
      found[name + suffix] = toHex(aesPurposeKey(key, ksn, { purpose, kind }))
    }
  }
  if (has(input, 'fmt4')) {
    const fmt4 = get(input, 'fmt4')
    const pan = digits(get(fmt4, 'pan'))
    const field = bytes(get(fmt4, 'pinField'))
    const pinKey = aesPurposeKey(key, ksn, { purpose: 'pin', kind: 'aes128' })
    expect(toHex(panField4(pan))).toBe(get(fmt4, 'panField'))
    expect(pinField4(digits(get(fmt4, 'pin')), field.subarray(8))).toEqual(concat(field))
    found['pinBlockFmt4'] = toHex(encipherPinBlock4(pinKey, field, pan))
  }
  expect(pick(found, expected)).toEqual(expected)
}

function paddingOf(json: Json): MacPadding {
  const padding = number(json)
  if (padding === 1 || padding === 2 || padding === 3) return padding
  throw new Error(`no padding method ${padding}`)
}

/** Of what was computed, what the vector speaks about; a name that was not computed stays undefined and fails. */
function pick(found: Record<string, string>, expected: Json): Record<string, string | undefined> {
  return Object.fromEntries(Object.keys(object(expected)).map((name) => [name, found[name]]))
}

function object(json: Json): { readonly [key: string]: Json } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Error('the vector holds no object here')
  }
  return Object.fromEntries(Object.entries(json))
}
