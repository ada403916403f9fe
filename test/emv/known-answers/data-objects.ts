/** Known answers about data objects: TLV, DOL, CVM lists, TVR, tracks, check digits. */
import { expect } from 'vitest'
import { toHex } from '#crypto/public.ts'
import {
  buildDol,
  luhnValid,
  parseCvmList,
  parseDol,
  parseTlv,
  parseTrack2,
  type TlvObject,
  track2FromTag57,
  tvrWords,
} from '#emv/public.ts'
import { ascii, bytes, type Checkers, get, has, type Json, text } from './vector.ts'

export const dataObjectCheckers: Checkers = {
  'emv-tlv': (input, expected) => {
    expect(objectsOf(get(input, 'hex')).map(tree)).toEqual(get(expected, 'tree'))
  },
  'ber-tlv-length': (input, expected) => {
    expect(objectsOf(get(input, 'hex')).map(flat)).toEqual([expected])
  },
  'ber-tlv-pyemv-decode': (input, expected) => {
    const found = objectsOf(get(input, 'hex')).map((o) => [o.tag, `hex:${toHex(o.value)}`])
    expect(Object.fromEntries(found)).toEqual(expected)
  },
  'emv-dol-build': (input, expected) => {
    const dol = parseDol(bytes(get(input, 'dol')))
    const values = get(input, 'data')
    const built = buildDol(dol.ok ? dol.entries : [], (tag) =>
      has(values, tag) ? bytes(get(values, tag)) : null,
    )
    expect(toHex(built)).toBe(get(expected, 'out'))
  },
  'emv-dol-malformed': (input, expected) => {
    const dol = parseDol(bytes(get(input, 'dol')))
    expect(dol.ok ? 'none' : dol.error.code).toBe(get(expected, 'error'))
  },
  'emv-cvm-list': (input, expected) => {
    const outcome = parseCvmList(bytes(get(input, '8E')))
    expect(outcome).toMatchObject({ ok: true, list: expected })
  },
  'emv-cvm-list-malformed': (input, expected) => {
    const outcome = parseCvmList(bytes(get(input, '8E')))
    expect(outcome.ok ? 'none' : outcome.error).toBe(get(expected, 'error'))
  },
  'emv-tvr': (input, expected) => {
    expect(tvrWords(bytes(get(input, '95')))).toEqual(get(expected, 'set'))
  },
  track2: (input, expected) => {
    const raw = has(input, '57')
      ? track2FromTag57(bytes(get(input, '57')))
      : ascii(text(get(input, 'text')))
    const outcome = parseTrack2(raw ?? new Uint8Array())
    if (!outcome.ok) throw new Error(`refused: ${outcome.error}`)
    const { pan, expiry, serviceCode, discretionary } = outcome.track2
    const decoder = new TextDecoder()
    // The sets carry a mask of first 8 and last 4 too: ours never shows more than 6 and 4, so that is not compared.
    expect({
      pan: decoder.decode(pan),
      expiryYYMM: expiry,
      serviceCode,
      discretionary: decoder.decode(discretionary),
    }).toEqual({
      pan: get(expected, 'pan'),
      expiryYYMM: get(expected, 'expiryYYMM'),
      serviceCode: get(expected, 'serviceCode'),
      discretionary: get(expected, 'discretionary'),
    })
    if (has(expected, 'luhn')) expect(luhnValid(pan)).toBe(get(expected, 'luhn'))
  },
  luhn: (input, expected) => {
    expect(luhnValid(ascii(text(get(input, 'pan'))))).toBe(get(expected, 'valid'))
  },
}

function objectsOf(json: Json): readonly TlvObject[] {
  const outcome = parseTlv(bytes(json))
  if (!outcome.ok) throw new Error(`${outcome.error.code} at ${outcome.error.offset}`)
  return outcome.objects
}

function flat(object: TlvObject): Json {
  return { tag: object.tag, value: toHex(object.value) }
}

function tree(object: TlvObject): Json {
  const head = { tag: object.tag, len: object.value.length }
  return object.children === null
    ? { ...head, value: toHex(object.value) }
    : { ...head, children: object.children.map(tree) }
}
