/** Known answers about what the issuer's host computes: card keys, cryptograms, scripts, PIN and card verification values. */
import { expect } from 'vitest'
import {
  applicationCryptogram,
  arpcMethod1,
  arpcMethod2,
  cardKeyOptionA,
  cardKeyOptionB,
  commandMac,
  commonSessionKey,
  dynamicCvc3,
  encipherCommandData,
  encodePinBlock2,
  ibm3624Offset,
  ibm3624Pin,
  oddParity,
  pbocSessionKey,
  type ScriptCipher,
  type ScriptScheme,
  schemePinChange,
  toHex,
  treeSessionKey,
  validationData,
  visaPinBlock,
  visaPvv,
  visaScriptKey,
} from '#crypto/public.ts'
import {
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

export const issuerCheckers: Checkers = {
  'emv-kd-derive_icc_mk_a': (input, expected) => {
    const key = cardKeyOptionA(bytes(get(input, 'iss_mk')), cardOf(input))
    expect(toHex(oddParity(key))).toBe(text(expected))
  },
  'emv-kd-derive_icc_mk_b': (input, expected) => {
    const key = cardKeyOptionB(bytes(get(input, 'iss_mk')), cardOf(input))
    expect(toHex(oddParity(key))).toBe(text(expected))
  },
  'emv-kd-derive_common_sk': (input, expected) => {
    const diversifier = new Uint8Array(8)
    diversifier.set(bytes(get(input, 'r')))
    expect(toHex(commonSessionKey(bytes(get(input, 'icc_mk')), diversifier))).toBe(text(expected))
  },
  'emv-kd-derive_visa_sm_sk': (input, expected) => {
    const key = visaScriptKey(bytes(get(input, 'icc_mk')), bytes(get(input, 'atc')))
    expect(toHex(key)).toBe(text(expected))
  },
  'emv-kd-derive_emv2000_tree_sk': (input, expected) => {
    const atc = bytes(get(input, 'atc'))
    const key = treeSessionKey(bytes(get(input, 'icc_mk')), new DataView(atc.buffer).getUint16(0), {
      height: number(get(input, 'height')),
      branchFactor: number(get(input, 'branch_factor')),
      iv: bytes(get(input, 'iv')),
    })
    expect(toHex(key)).toBe(text(expected))
  },
  'emv-ac-generate_ac': (input, expected) => {
    const padding = get(input, 'padding_type') === 'VISA' ? 'zeros' : 'mark'
    const ac = applicationCryptogram(bytes(get(input, 'sk_ac')), bytes(get(input, 'data')), padding)
    expect(toHex(ac.subarray(0, lengthOf(input)))).toBe(text(expected))
  },
  'emv-ac-generate_arpc_1': (input, expected) => {
    const [key, arqc, code] = ['sk_ac', 'arqc', 'arpc_rc'].map((name) => bytes(get(input, name)))
    if (!key || !arqc || !code) throw new Error('unreachable')
    expect(toHex(arpcMethod1(key, arqc, code))).toBe(text(expected))
  },
  'emv-ac-generate_arpc_2': (input, expected) => {
    const proprietary = get(input, 'prop_auth_data')
    const arpc = arpcMethod2(bytes(get(input, 'sk_ac')), bytes(get(input, 'arqc')), {
      status: bytes(get(input, 'csu')),
      proprietary: proprietary === null ? new Uint8Array() : bytes(proprietary),
    })
    expect(toHex(arpc)).toBe(text(expected))
  },
  'emv-sm-generate_command_mac': (input, expected) => {
    const mac = commandMac(bytes(get(input, 'sk_smi')), bytes(get(input, 'command')))
    expect(toHex(mac.subarray(0, lengthOf(input)))).toBe(text(expected))
  },
  'emv-sm-encrypt_command_data': (input, expected) => {
    const cipher = cipherOf(text(get(input, 'encryption_type')))
    const data = encipherCommandData(
      bytes(get(input, 'sk_smc')),
      bytes(get(input, 'command_data')),
      cipher,
    )
    expect(toHex(data)).toBe(text(expected))
  },
  'emv-sm-format_iso9564_2_pin_block': (input, expected) => {
    expect(toHex(encodePinBlock2(digits(get(input, 'pin'))))).toBe(text(expected))
  },
  'emv-sm-format_vis_pin_block': (input, expected) => {
    const current = get(input, 'current_pin')
    const block = visaPinBlock(
      bytes(get(input, 'icc_mk_ac')),
      digits(get(input, 'pin')),
      current === null ? null : digits(current),
    )
    expect(toHex(block)).toBe(text(expected))
  },
  'emv-cvn-VisaCVN10-generate_pin_change_command': pinChange('visaCvn10'),
  'emv-cvn-VisaCVN18-generate_pin_change_command': pinChange('visaCvn18'),
  'emv-cvn-VisaCVN22-generate_pin_change_command': pinChange('visaCvn22'),
  'emv-cvn-MasterCardCVN16-generate_pin_change_command': pinChange('mastercard'),
  'emv-cvn-MasterCardCVN17-generate_pin_change_command': pinChange('mastercard'),
  'emv-cvn-MasterCardCVN20-generate_pin_change_command': pinChange('mastercard'),
  'emv-cvn-MasterCardCVN21-generate_pin_change_command': pinChange('mastercard'),
  'emv-cvn-InteracCVN133-generate_pin_change_command': pinChange('interacCvn133'),
  'emv-cvv-generate_cvc3': (input, expected) => {
    const cvc3 = dynamicCvc3(bytes(get(input, 'icc_cvc3')), {
      track: bytes(get(input, 'track_template')),
      atc: bytes(get(input, 'atc')),
      unpredictableNumber: bytes(get(input, 'un')),
    })
    expect(cvc3).toBe(expected)
  },
  'pboc-arqc': (input, expected) => {
    const card = { pan: digits(get(input, 'pan')), sequence: digits(get(input, 'psn')) }
    const cardKey = cardKeyOptionA(bytes(get(input, 'imkAc')), card)
    const sessionKey = pbocSessionKey(cardKey, bytes(get(input, 'atc')))
    const arqc = applicationCryptogram(sessionKey, bytes(get(input, 'data')))
    expect([toHex(cardKey), toHex(sessionKey), toHex(arqc)]).toEqual([
      get(expected, 'iccMk'),
      get(expected, 'sessionKey'),
      get(expected, 'arqc'),
    ])
  },
  'pboc-arpc': (input, expected) => {
    const arpc = arpcMethod1(
      bytes(get(input, 'sessionKey')),
      bytes(get(input, 'arqc')),
      bytes(get(input, 'arcHex')),
    )
    expect(toHex(arpc)).toBe(get(expected, 'arpc'))
  },
  'pin-generate_ibm3624_pin': (input, expected) => {
    expect(ibm3624Pin(ibm3624Of(input), digits(get(input, 'offset')))).toBe(expected)
  },
  'pin-generate_ibm3624_offset': (input, expected) => {
    expect(ibm3624Offset(ibm3624Of(input), digits(get(input, 'pin')))).toBe(expected)
  },
  'pin-generate_visa_pvv': (input, expected) => {
    const pvv = visaPvv(bytes(get(input, 'pvk')), {
      pan: digits(get(input, 'pan')),
      keyIndex: digits(get(input, 'pvki')),
      pin: digits(get(input, 'pin')),
    })
    expect(pvv).toBe(expected)
  },
}

function pinChange(scheme: ScriptScheme): Checker {
  return (input, expected) => {
    const command = schemePinChange(
      scheme,
      {
        cryptogram: bytes(get(input, '_self', 'icc_mk_ac')),
        integrity: bytes(get(input, '_self', 'icc_mk_smi')),
        confidentiality: bytes(get(input, '_self', 'icc_mk_smc')),
      },
      {
        pin: digits(get(input, 'pin')),
        currentPin: has(input, 'current_pin') ? digits(get(input, 'current_pin')) : null,
        cryptogram: bytes(get(input, 'tag_9f26')),
        atc: has(input, 'tag_9f36') ? bytes(get(input, 'tag_9f36')) : new Uint8Array(),
      },
    )
    expect(toHex(command)).toBe(text(expected))
  }
}

function cardOf(input: Json): { pan: string; sequence: string } {
  const sequence = get(input, 'psn')
  return { pan: digits(get(input, 'pan')), sequence: sequence === null ? '00' : digits(sequence) }
}

function ibm3624Of(input: Json): Parameters<typeof ibm3624Pin>[0] {
  return {
    key: bytes(get(input, 'pvk')),
    conversionTable: digits(get(input, 'conversion_table')),
    validation: validationData(digits(get(input, 'pan')), {
      offset: number(get(input, 'pan_verify_offset')),
      length: number(get(input, 'pan_verify_length')),
      pad: digits(get(input, 'pan_pad')),
    }),
  }
}

function lengthOf(input: Json): number {
  const length = get(input, 'length')
  return length === null ? 8 : number(length)
}

function cipherOf(name: string): ScriptCipher {
  const ciphers: Readonly<Record<string, ScriptCipher>> = {
    VISA: 'visa',
    MASTERCARD: 'mastercard',
    EMV: 'emv',
  }
  const cipher = ciphers[name]
  if (cipher === undefined) throw new Error(`no script cipher ${name}`)
  return cipher
}
