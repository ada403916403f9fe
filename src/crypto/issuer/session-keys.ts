/** Session keys of a card (EMV Book 2, A1.3, and the scheme books). Sixteen bytes each; parity as it falls out unless said. */
import { type Bytes, concat, oddParity, xor } from '../bytes.ts'
import { desEncrypt } from '../des.ts'

/**
 * EMV common session key: `diversifier` is eight bytes, for a cryptogram the ATC and zeros (or ATC, two zeros, unpredictable number
 * in M/Chip), for scripts the cryptogram of the transaction. Odd parity.
 */
export function commonSessionKey(cardKey: Uint8Array, diversifier: Uint8Array): Bytes {
  if (diversifier.length !== 8) throw new RangeError('a diversifier has eight bytes')
  const halves = [0xf0, 0x0f].map((mark) => {
    const block = Uint8Array.from(diversifier)
    block[2] = mark
    return desEncrypt(cardKey, block)
  })
  return oddParity(concat(...halves))
}

/** UnionPay and PBOC: the ATC and its complement, each right aligned in eight bytes. */
export function pbocSessionKey(cardKey: Uint8Array, atc: Uint8Array): Bytes {
  return desEncrypt(cardKey, atcBlocks(atc))
}

/** Visa secure messaging (CVN 10 and 18): the same two blocks under exclusive or with the key. Odd parity. */
export function visaScriptKey(cardKey: Uint8Array, atc: Uint8Array): Bytes {
  return oddParity(xor(cardKey, atcBlocks(atc)))
}

export type KeyTree = {
  readonly height: number
  readonly branchFactor: number
  /** Sixteen bytes that stand above the root. */
  readonly iv: Uint8Array
}

/** EMV 2000 key tree, still on M/Chip 4 cards. Odd parity. The height must reach the largest ATC: branchFactor^height >= 65536. */
export function treeSessionKey(cardKey: Uint8Array, atc: number, tree: KeyTree): Bytes {
  const { height, branchFactor, iv } = tree
  if (branchFactor ** height < 65_536) throw new RangeError('the tree is too low')
  if (iv.length !== 16) throw new RangeError('what stands above the root has sixteen bytes')
  let parent = Uint8Array.from(iv)
  let node = Uint8Array.from(cardKey)
  let grandparent = parent
  for (let level = 1; level <= height; level++) {
    const child = Math.floor(atc / branchFactor ** (height - level)) % branchFactor
    grandparent = parent
    const next = treeChild(node, grandparent, child)
    parent = node
    node = next
  }
  return oddParity(xor(node, grandparent))
}

function treeChild(parent: Uint8Array, grandparent: Uint8Array, child: number): Bytes {
  const blocks = Uint8Array.from(grandparent)
  blocks[7] = (blocks[7] ?? 0) ^ child
  blocks[15] = (blocks[15] ?? 0) ^ child ^ 0xf0
  return desEncrypt(parent, blocks)
}

function atcBlocks(atc: Uint8Array): Bytes {
  if (atc.length !== 2) throw new RangeError('an ATC has two bytes')
  const zeros = new Uint8Array(6)
  return concat(
    zeros,
    atc,
    zeros,
    Uint8Array.from(atc, (byte) => byte ^ 0xff),
  )
}
