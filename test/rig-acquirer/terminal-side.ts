/** What a terminal knows of the wire: builds requests with their MAC, reads answers, adopts the keys of a sign-on. Without a network. */
import { desDecrypt } from '../rig/acquirer/security/des.ts'
import { unionPayMac } from '../rig/acquirer/security/unionpay-mac.ts'
import { readFrame, writeFrame } from '../rig/acquirer/wire/frame.ts'
import { createGbkEncoder } from '../rig/acquirer/wire/gbk.ts'
import { fromHex, toHex } from '../rig/acquirer/wire/hex.ts'
import { pack, packWithMac, unpack } from '../rig/acquirer/wire/message.ts'

export const MASTER_KEY = '258FB0AB70D025CDB99DF2C4D302D646'
export const TID = '10000001'
export const MID = '898100012345678'
export const SIGN_ON: Fields = { 11: '000001', 60: '00000001003', 63: '01 ' }
const TPDU = fromHex('6000030000')
const HEADER = fromHex('603100311000')

export type Fields = Record<number, string>
export type Reply = {
  readonly mti: string
  readonly fields: Fields
  readonly macGood: boolean
  /** As hex. */
  readonly tpdu: string
  readonly header: string
}
export type ClearKeys = { readonly pin: Uint8Array; readonly mac: Uint8Array }

export type TerminalSide = {
  keys: ClearKeys | null
  /** A whole frame with its length bytes. Fields 41 and 42 are added, 64 where the dialect wants it. */
  frame(mti: string, fields: Fields): Uint8Array
  /** A frame without its length bytes. Throws when it holds no message. */
  read(frame: Uint8Array): Reply
  /** Takes the keys of a double-length sign-on answer. */
  adopt(reply: Reply): void
}

/** A terminal that has not signed on. */
export function createTerminalSide(): TerminalSide {
  const encodeText = createGbkEncoder()
  const side: TerminalSide = {
    keys: null,
    frame(mti, fields) {
      const all = new Map(
        Object.entries({ 41: TID, 42: MID, ...fields }).map(([n, value]) => [Number(n), value]),
      )
      const key = side.keys?.mac
      const plain = key === undefined || /^0[358]/.test(mti)
      const body = plain
        ? pack({ mti, fields: all }, encodeText)
        : packWithMac({ mti, fields: all }, encodeText, (input) => unionPayMac(key, input))
      return writeFrame({ tpdu: TPDU, header: HEADER, body })
    },
    read(bytes) {
      const frame = readFrame(bytes)
      const unpacked = unpack(frame?.body ?? new Uint8Array(0))
      if (frame === null || !unpacked.ok) throw new Error('unreadable reply')
      const { mti, fields } = unpacked.message
      const key = side.keys?.mac
      const covered = unpacked.macInput
      const macGood =
        key !== undefined && covered !== null && toHex(unionPayMac(key, covered)) === fields.get(64)
      const tpdu = toHex(frame.tpdu)
      return { mti, fields: Object.fromEntries(fields), macGood, tpdu, header: toHex(frame.header) }
    },
    adopt(reply) {
      const field62 = fromHex(reply.fields[62] ?? '')
      if (field62.length !== 40) throw new Error('no keys in the answer')
      const master = fromHex(MASTER_KEY)
      const double = field62.slice(28, 36).some((byte) => byte !== 0)
      side.keys = {
        pin: desDecrypt(master, field62.slice(0, 16)),
        mac: desDecrypt(master, field62.slice(20, double ? 36 : 28)),
      }
    },
  }
  return side
}
