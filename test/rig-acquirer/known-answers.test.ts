import { expect, test } from 'vitest'
import {
  applicationCryptogram,
  cardKey,
  checkCryptogram,
  pbocSessionKey,
  responseCryptogram,
} from '../rig/acquirer/security/cryptogram.ts'
import { desDecrypt, desEncrypt } from '../rig/acquirer/security/des.ts'
import { readPinBlock } from '../rig/acquirer/security/pin-block.ts'
import { foldBlocks, macOfFolded, unionPayMac } from '../rig/acquirer/security/unionpay-mac.ts'
import { keyCheckValue, wrapKeys } from '../rig/acquirer/security/working-keys.ts'
import { createGbkEncoder, decodeGbk } from '../rig/acquirer/wire/gbk.ts'
import { fromHex, toHex } from '../rig/acquirer/wire/hex.ts'
import { pack, unpack } from '../rig/acquirer/wire/message.ts'
import crypto from '../vectors/acquirer-crypto.json' with { type: 'json' }
import messages from '../vectors/acquirer-messages.json' with { type: 'json' }

test.each(crypto.ecbMac)(
  'field 64 under $cipher as published',
  ({ mak, mab, xorBlock, field64 }) => {
    expect(toHex(macOfFolded(fromHex(mak), fromHex(xorBlock)))).toBe(field64)
    if (mab === undefined) return
    expect(toHex(foldBlocks(fromHex(mab)))).toBe(xorBlock)
    expect(toHex(unionPayMac(fromHex(mak), fromHex(mab)))).toBe(field64)
  },
)

test.each(crypto.workingKeys)(
  'a published sign-on answer is what this host would have sent',
  (known) => {
    const clear = { pinKey: fromHex(known.pik), macKey: fromHex(known.mak), trackKey: null }
    const keys = { cipher: 'tdes', ...clear } as const
    expect(toHex(wrapKeys(fromHex(known.tmk), '003', keys))).toBe(known.field62)
    expect(toHex(keyCheckValue(keys.pinKey))).toBe(known.pikCheck)
    expect(toHex(keyCheckValue(keys.macKey))).toBe(known.makCheck)
    expect(toHex(desDecrypt(fromHex(known.tmk), fromHex(known.field62.slice(0, 32))))).toBe(
      known.pik,
    )
  },
)

test('the PBOC example: card key, session key, ARQC and ARPC', () => {
  const { pboc } = crypto
  const key = cardKey(fromHex(pboc.imkAc), pboc.pan, pboc.psn)
  expect(toHex(key)).toBe(pboc.iccMk)
  const session = pbocSessionKey(key, pboc.atc)
  expect(toHex(session)).toBe(pboc.sessionKey)
  const arqc = applicationCryptogram(session, pboc.data)
  expect(toHex(arqc)).toBe(pboc.arqc)
  expect(toHex(responseCryptogram(session, arqc, pboc.responseCode))).toBe(pboc.arpc)
})

test('the PBOC example as a terminal sends it, object by object', () => {
  const objects = new Map(
    Object.entries({
      '9F02': '000000000001',
      '9F03': '000000000000',
      '9F1A': '0156',
      95: '0080046000',
      '5F2A': '0156',
      '9A': '140701',
      '9C': '00',
      '9F37': '1E78EEBC',
      82: '7D00',
      '9F36': '0240',
      '9F10': '07010103A0400201',
      '9F26': '5D016C91005E7CC2',
    }),
  )
  const card = { pan: crypto.pboc.pan, panSequence: crypto.pboc.psn }
  const master = fromHex(crypto.pboc.imkAc)
  expect(checkCryptogram(master, card, objects).ok).toBe(true)
  expect(checkCryptogram(master, card, new Map(objects).set('9F02', '000000000002'))).toEqual({
    ok: false,
    why: 'mismatch',
  })
  objects.delete('9F37')
  expect(checkCryptogram(master, card, objects)).toEqual({ ok: false, why: 'missingObject' })
})

test.each(messages)('message of $source reads as published', ({ frame, hex, mti, expected }) => {
  const bytes = fromHex(hex).slice(frame.len + frame.tpdu + frame.head)
  const unpacked = unpack(bytes)
  expect(unpacked).toMatchObject({ ok: true, message: { mti } })
  if (!unpacked.ok) return
  expect(Object.fromEntries(unpacked.message.fields)).toEqual(expected)
  expect(toHex(pack(unpacked.message, createGbkEncoder()))).toBe(toHex(bytes))
})

test.each(messages)('message of $source cut short anywhere is refused, never thrown', (known) => {
  const { frame, hex } = known
  const bytes = fromHex(hex).slice(frame.len + frame.tpdu + frame.head)
  const results = Array.from({ length: bytes.length }, (_, cut) => unpack(bytes.slice(0, cut)).ok)
  expect(results).toEqual(results.map(() => false))
})

test('Chinese remarks go out in GBK and come back', () => {
  const encode = createGbkEncoder()
  expect(toHex(encode('成功'))).toBe('B3C9B9A6')
  expect(decodeGbk(encode('CUP余额不足'))).toBe('CUP余额不足')
  expect(toHex(encode('😀'))).toBe('3F')
})

test.each(crypto.pinBlocks)('PIN block of $source', ({ block, pan, pin }) => {
  const key = fromHex(crypto.pboc.imkAc)
  const enciphered = toHex(desEncrypt(key, fromHex(block)))
  expect(readPinBlock(key, enciphered, pan)).toBe(pin)
  expect(readPinBlock(key, enciphered, '6222021001110000012')).toBeNull()
})
