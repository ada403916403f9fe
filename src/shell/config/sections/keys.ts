/** What `terminal.yaml` says about the keys of an acquirer, and which wishes about MAC and tracks these keys can fulfil. */
import { z } from 'zod'
import { takesMac } from '../../keys/mac-of.ts'

const keyPart = z.union([
  z.strictObject({
    use: z.enum(['pin', 'mac', 'data']),
    bytes: z.union([z.literal(8), z.literal(16)]),
    check: z.union([z.literal(3), z.literal(4)]),
  }),
  z.strictObject({ use: z.literal('filler'), bytes: z.int().min(1).max(64) }),
])
/** A key without a check value could not be told from noise, so every key has one; nothing is signed without a PIN and a MAC key. */
export const workingKeysSection = z.strictObject({
  encoding: z.enum(['binary', 'hex']),
  parts: z
    .array(keyPart)
    .max(8)
    .refine((parts) => ['pin', 'mac'].every((use) => parts.some((part) => part.use === use)), {
      message: 'a pin and a mac key are needed',
    }),
})

export const dukptSection = z.strictObject({
  cipher: z.enum(['tdes', 'aes']),
  ksnField: z.string().regex(/^[1-9][0-9]{0,2}$/, 'a field number in quotes'),
  initialKey: z
    .string()
    .regex(/^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{48}|[0-9A-Fa-f]{64})$/, '16, 24 or 32 bytes as hex')
    .meta({ secret: true })
    .optional(),
  ksn: z
    .string()
    .regex(/^([0-9A-Fa-f]{20}|[0-9A-Fa-f]{24})$/, '10 or 12 bytes as hex in quotes')
    .optional(),
})

type KeysPart = {
  readonly networkManagementCode: '001' | '003' | '004' | '005'
  readonly workingKeys?: z.infer<typeof workingKeysSection> | undefined
  readonly dukpt?: z.infer<typeof dukptSection> | undefined
}

/** Which keys the MAC is made with decides which algorithms there are. */
export function canMake(
  mac: Parameters<typeof takesMac>[1],
  { dukpt, networkManagementCode }: KeysPart,
): boolean {
  const fetched = networkManagementCode === '005' ? 'sm4' : 'tdes'
  return takesMac(dukpt === undefined ? fetched : dukpt.cipher, mac)
}

export function bringsTrackKey({ dukpt, networkManagementCode, workingKeys }: KeysPart): boolean {
  if (dukpt !== undefined) return false
  return workingKeys === undefined
    ? networkManagementCode === '004'
    : workingKeys.parts.some(({ use }) => use === 'data')
}
