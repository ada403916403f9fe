/** How the card schemes put issuer scripts together: which session key, which PIN block, what is chained into the MAC. */
import { type Bytes, concat } from '../bytes.ts'
import { encodePinBlock2 } from '../pin/pin-block.ts'
import { pinChangeCommand, type ScriptCipher, visaPinBlock } from './script.ts'
import { commonSessionKey, visaScriptKey } from './session-keys.ts'

/** Named by cryptogram version (CVN), the byte of 9F10 that tells the host how the card computes. */
export type ScriptScheme = 'visaCvn10' | 'visaCvn18' | 'visaCvn22' | 'mastercard' | 'interacCvn133'

type Rule = {
  /** `atc`: exclusive or of the card key with the ATC; `cryptogram`: common session key of the ARQC. */
  readonly session: 'atc' | 'cryptogram'
  /** `visaOrIso2`: Visa's own block only where the card is to check the PIN so far, else format 2. */
  readonly pinBlock: 'visa' | 'visaOrIso2' | 'iso2'
  readonly cipher: ScriptCipher
  readonly chained: 'atcAndCryptogram' | 'nothing'
}

const RULES: Readonly<Record<ScriptScheme, Rule>> = {
  visaCvn10: { session: 'atc', pinBlock: 'visa', cipher: 'visa', chained: 'atcAndCryptogram' },
  visaCvn18: { session: 'atc', pinBlock: 'visa', cipher: 'visa', chained: 'atcAndCryptogram' },
  visaCvn22: {
    session: 'cryptogram',
    pinBlock: 'visaOrIso2',
    cipher: 'visa',
    chained: 'atcAndCryptogram',
  },
  mastercard: {
    session: 'cryptogram',
    pinBlock: 'iso2',
    cipher: 'mastercard',
    chained: 'atcAndCryptogram',
  },
  interacCvn133: {
    session: 'cryptogram',
    pinBlock: 'iso2',
    cipher: 'mastercard',
    chained: 'nothing',
  },
}

export type CardKeys = {
  readonly cryptogram: Uint8Array
  readonly integrity: Uint8Array
  readonly confidentiality: Uint8Array
}

/** The complete PIN CHANGE command for one transaction of the card. `atc` is empty where the scheme does not use it. */
export function schemePinChange(
  scheme: ScriptScheme,
  keys: CardKeys,
  change: {
    readonly pin: string
    readonly currentPin: string | null
    readonly cryptogram: Uint8Array
    readonly atc: Uint8Array
  },
): Bytes {
  const rule = RULES[scheme]
  const sessionKey = (cardKey: Uint8Array): Bytes =>
    rule.session === 'atc'
      ? visaScriptKey(cardKey, change.atc)
      : commonSessionKey(cardKey, change.cryptogram)
  const ownBlock =
    rule.pinBlock === 'visa' || (rule.pinBlock === 'visaOrIso2' && change.currentPin !== null)
  return pinChangeCommand({
    macKey: sessionKey(keys.integrity),
    cipherKey: sessionKey(keys.confidentiality),
    cipher: rule.cipher,
    pinBlock: ownBlock
      ? visaPinBlock(keys.cryptogram, change.pin, change.currentPin)
      : encodePinBlock2(change.pin),
    withCurrentPin: ownBlock && change.currentPin !== null,
    chained: rule.chained === 'nothing' ? new Uint8Array() : concat(change.atc, change.cryptogram),
  })
}
