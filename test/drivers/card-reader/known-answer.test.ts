import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  cardKey,
  cryptogram,
  responseCryptogram,
  sessionKey,
} from '../../rig/sim/card-reader/cryptogram.ts'
import { macAlgorithm3, sessionKeyOf } from './host.ts'

type Vector = {
  readonly kind: string
  readonly input: Readonly<Record<string, string>>
  readonly expected: Readonly<Record<string, string>>
}

const vectors = readFileSync(new URL('../../vectors/card-reader.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Vector => JSON.parse(line))

function vector(kind: string): Vector {
  const found = vectors.find((one) => one.kind === kind)
  if (found === undefined) throw new Error(`no vector of kind ${kind}`)
  return found
}

const hex = (bytes: Buffer): string => bytes.toString('hex').toUpperCase()
const bytes = (text = ''): Buffer => Buffer.from(text, 'hex')

test('the chips of the laboratory make the cryptogram of the public PBOC example', () => {
  const { input, expected } = vector('pboc-arqc')
  const master = cardKey(bytes(input['imkAc']), input['pan'] ?? '', input['psn'] ?? '')
  const session = sessionKey(master, Number.parseInt(input['atc'] ?? '', 16))
  expect(hex(master)).toBe(expected['iccMk'])
  expect(hex(session)).toBe(expected['sessionKey'])
  expect(hex(cryptogram(session, bytes(input['data'])))).toBe(expected['arqc'])
})

test('they check the issuer by the public PBOC example', () => {
  const { input, expected } = vector('pboc-arpc')
  const arpc = responseCryptogram(bytes(input['sessionKey']), bytes(input['arqc']), '01')
  expect(hex(arpc)).toBe(expected['arpc'])
})

test('the host of these tests agrees with the same example', () => {
  const { input, expected } = vector('pboc-arqc')
  const session = sessionKeyOf(input['pan'] ?? '', input['psn'] ?? '', input['atc'] ?? '')
  expect(hex(session)).toBe(expected['sessionKey'])
  expect(macAlgorithm3(session, input['data'] ?? '')).toBe(expected['arqc'])
})
