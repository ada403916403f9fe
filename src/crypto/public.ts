/** The entry point `suretill/crypto`: what others may rely on. Leaving a name out later is a breaking change; everything else may move. */
export {
  AES_BLOCK_BYTES,
  aesCounter,
  aesDecrypt,
  aesDecryptCbc,
  aesEncrypt,
  aesEncryptCbc,
} from './aes.ts'
export { type Bytes, concat, oddParity, xor } from './bytes.ts'
export { aesCheckValue, keyCheckValue, sm4CheckValue } from './check-value.ts'
export { DES_BLOCK_BYTES, desDecrypt, desDecryptCbc, desEncrypt, desEncryptCbc } from './des.ts'
export {
  type AesDukptKeyKind,
  type AesDukptPurpose,
  aesInitialKey,
  aesPurposeKey,
  aesTransactionKey,
} from './dukpt/aes-dukpt.ts'
export { nextAesKsn, nextTdesKsn } from './dukpt/next-counter.ts'
export {
  type DukptPurpose,
  tdesInitialKey,
  tdesPurposeKey,
  tdesTransactionKey,
} from './dukpt/tdes-dukpt.ts'
export { fromHex, toHex } from './hex.ts'
export { type CardNumber, cardKeyOptionA, cardKeyOptionB } from './issuer/card-keys.ts'
export { cardVerificationValue, dynamicCvc3 } from './issuer/card-verification.ts'
export {
  applicationCryptogram,
  arpcMethod1,
  arpcMethod2,
  type CryptogramPadding,
} from './issuer/cryptogram.ts'
export {
  type Ibm3624,
  ibm3624Offset,
  ibm3624Pin,
  validationData,
  visaPvv,
} from './issuer/pin-verification.ts'
export {
  commandMac,
  encipherCommandData,
  type ScriptCipher,
  visaPinBlock,
} from './issuer/script.ts'
export { type CardKeys, type ScriptScheme, schemePinChange } from './issuer/script-schemes.ts'
export {
  commonSessionKey,
  type KeyTree,
  pbocSessionKey,
  treeSessionKey,
  visaScriptKey,
} from './issuer/session-keys.ts'
export { type MacPadding, retailMac, retailMacOf, x99Mac } from './mac/cbc-mac.ts'
export { aesCmac, desCmac } from './mac/cmac.ts'
export { sm4CbcMac } from './mac/sm4-mac.ts'
export { unionPayEcbMac, unionPaySm4Mac } from './mac/unionpay-mac.ts'
export { type CaPublicKey, caKeyCheckValue, caKeyFits } from './oda/ca-key.ts'
export {
  type CertificateOutcome,
  type CertificateParts,
  type IccCertificate,
  type IssuerCertificate,
  inspectIccCertificate,
  recoverIssuerCertificate,
  verifyIccCertificate,
} from './oda/certificates.ts'
export type { RecoveryError } from './oda/recovered.ts'
export type { RsaPublicKey } from './oda/rsa.ts'
export {
  type CdaFacts,
  cdaTransactionDataHash,
  verifyCda,
  verifyDda,
  verifySignedStaticData,
} from './oda/signed-data.ts'
export {
  decodePinBlock0,
  decodePinBlock1,
  decodePinBlock2,
  decodePinBlock3,
  encodePinBlock0,
  encodePinBlock1,
  encodePinBlock2,
  encodePinBlock3,
  PIN_MAX_DIGITS,
  PIN_MIN_DIGITS,
  type PinOutcome,
} from './pin/pin-block.ts'
export { decipherPinBlock4, encipherPinBlock4, panField4, pinField4 } from './pin/pin-block-4.ts'
export { SM4_BLOCK_BYTES, sm4Decrypt, sm4DecryptCbc, sm4Encrypt, sm4EncryptCbc } from './sm4.ts'
export type {
  KeyBlockError,
  KeyBlockHeader,
  KeyBlockVersion,
  SplitOutcome,
} from './tr31/key-block.ts'
export { splitKeyBlock } from './tr31/key-block.ts'
export { type UnwrapOutcome, unwrapKeyBlock, wrapKeyBlock } from './tr31/wrap.ts'
