/**
 * The `acquirer:` part of `terminal.yaml`. Whatever acquirers are known to differ in is a value here; what most of them want is the default.
 */
import { z } from 'zod'
import { USUAL_UNDECIDED } from '#core/advice/decide.ts'
import { DOWNLOADS, USUAL_HOST_REQUESTS } from '#core/link/chore.ts'
import { USUAL_PAYMENT_CODE } from '../../acquirer/fields.ts'
import { USUAL_BLACKLIST } from '../../downloads/fetch-blacklist.ts'
import { codeQuerySection } from './code-query.ts'
import { bringsTrackKey, canMake, dukptSection, workingKeysSection } from './keys.ts'
import { signatureUploadSection } from './signature-upload.ts'

const port = z.int().min(1).max(65_535)
const waitMs = z.int().min(100).max(600_000)
const hexOrNothing = (bytes: number) =>
  z
    .string()
    .regex(
      new RegExp(`^([0-9A-Fa-f]{${bytes * 2}})?$`),
      `${bytes} bytes as hex in quotes, or nothing in quotes`,
    )
const responseCode = z.string().regex(/^[0-9A-Z]{2}$/, 'a DE 39 value in quotes')
const digitsOf = (count: number) =>
  z.string().regex(new RegExp(`^[0-9]{${count}}$`), `${count} digits in quotes`)
const fieldNumber = z.string().regex(/^[1-9][0-9]{0,2}$/, 'a field number in quotes')

/** Files are named from the configuration folder. */
const tls = z.strictObject({
  ca: z.string().min(1),
  serverName: z.string().min(1).max(253),
  client: z.strictObject({ certificate: z.string().min(1), key: z.string().min(1) }).optional(),
  certificates: z
    .array(z.string().regex(/^([0-9A-Fa-f]{2}:?){32}$/, 'a SHA-256 as hex in quotes'))
    .max(8)
    .default([]),
})

const headerText = z.string().regex(/^[ -~]{1,100}$/, 'printable ASCII')
const http = z.strictObject({
  path: z.string().regex(/^\/[!-~]{0,200}$/, 'a path that begins with /'),
  host: z
    .string()
    .regex(/^[!-~]{0,253}$/, 'a host name')
    .default(''),
  userAgent: headerText.default('Donjin Http 0.1'),
  contentType: headerText.default('x-ISO-TPDU/x-auth'),
})

const host = z.string().min(1).max(253)
const backup = z.strictObject({ host, port })

const section = z.strictObject({
  name: z.string().min(1).max(20),
  host,
  port,
  backups: z.array(backup).max(4).default([]),
  backOff: z
    .strictObject({ firstMs: waitMs, mostMs: waitMs })
    .default({ firstMs: 10_000, mostMs: 600_000 }),
  connection: z.enum(['short', 'long']).default('short'),
  tls: tls.optional(),
  http: http.optional(),
  dialect: z.string().min(1),
  lengthHeader: z
    .strictObject({
      bytes: z.union([z.literal(2), z.literal(4)]),
      encoding: z.enum(['binary', 'bcd', 'ascii']),
      countsItself: z.boolean(),
    })
    .refine(({ bytes, encoding }) => bytes === 4 || encoding !== 'ascii', {
      message: 'two ASCII digits cannot count a message: use 4',
    })
    .default({ bytes: 2, encoding: 'binary', countsItself: false }),
  tpdu: hexOrNothing(5),
  header: hexOrNothing(6),
  matchFields: z.array(fieldNumber).max(8).default(['11']),
  connectTimeoutMs: waitMs,
  replyTimeoutMs: waitMs,
  frameTimeoutMs: waitMs.default(5000),
  echo: z
    .strictObject({ everyMs: z.int().min(0).max(3_600_000), timeoutMs: waitMs })
    .default({ everyMs: 0, timeoutMs: 5000 }),
  mac: z.enum(['unionpay-ecb', 'x9.9', 'x9.19', 'sm4-cbc', 'cmac']),
  macFailuresMost: z.int().min(1).max(20).default(3),
  macOnRefusal: z.enum(['checked', 'ignored']).default('checked'),
  networkManagementCode: z.enum(['001', '003', '004', '005']),
  workingKeys: workingKeysSection.optional(),
  dukpt: dukptSection.optional(),
  /** The pad has a key of its own for each PIN; it holds it, and this terminal knows only its name. */
  pinDukpt: z.strictObject({ ksnField: fieldNumber }).exactOptional(),
  trackEncryption: z.enum(['none', 'last16']).default('none'),
  operatorField: z.enum(['padded', 'zeros', 'absent']).default('padded'),
  serialField: z.enum(['labelled', 'bare', 'absent']).default('labelled'),
  securityKeyDigit: z.enum(['byKeys', '0', '3', '4', '6']).default('byKeys'),
  maximumPinLength: z.enum(['12', '06']).default('12'),
  financialManagementCode: digitsOf(3).default('000'),
  controlField: z
    .strictObject({
      stripeCapability: z.enum(['2', '5', '6']),
      tail: z
        .string()
        .regex(/^([01]([0-9]{3})?)?$/, 'nothing, 0 or 1, or that and three digits, in quotes'),
    })
    .default({ stripeCapability: '2', tail: '' }),
  cardOrganization: z
    .string()
    .regex(/^[0-9A-Z]{3}$/, '3 letters or digits in quotes')
    .default('000'),
  paymentCode: z
    .strictObject({
      field: z.enum(['57', '59', '62']).default('59'),
      layout: z.enum(['tagged', 'bare']).default('tagged'),
      tag: z
        .string()
        .regex(/^[0-9A-Z]{2,8}$/, '2 to 8 letters or digits in quotes')
        .default('A3'),
      processingCode: digitsOf(6).default('000000'),
      conditionCode: digitsOf(2).default('00'),
      entryMode: digitsOf(3).default('032'),
      capability: digitsOf(1).default('6'),
    })
    .default(USUAL_PAYMENT_CODE),
  codeQuery: codeQuerySection,
  /** The field of an answer in which this acquirer names who paid by code, if any does; never one that the core judges by or prints. */
  payerField: z.enum(['46', '47', '57', '58', '59']).exactOptional(),
  reversal: z.strictObject({
    retryAfterMs: waitMs,
    originalData: z.enum(['absent', 'batchAndStan', 'batchStanAndDate']).default('absent'),
    followUpData: z.enum(['asSent', 'batchAndStan', 'batchStanAndDate']).default('asSent'),
    securityControl: z.boolean().default(false),
    reasons: z
      .strictObject({
        noAnswer: responseCode,
        wrongMac: responseCode,
        cannotFinish: responseCode,
        other: responseCode,
      })
      .default({ noAnswer: '98', wrongMac: 'A0', cannotFinish: '96', other: '06' }),
    authCode: z.boolean().default(false),
    chipData: z.boolean().default(true),
  }),
  responseCodes: z
    .strictObject({
      approvals: z.array(responseCode).min(1).max(64).optional(),
      reversalDone: z.array(responseCode).min(1).max(64).optional(),
      unfinished: z.array(responseCode).max(64).optional(),
      signOnAgain: z.array(responseCode).max(64).optional(),
      codeExpired: z.array(responseCode).max(64).optional(),
    })
    .default({}),
  refundUndecided: z
    .array(responseCode)
    .max(64)
    .default([...USUAL_UNDECIDED]),
  linkRetryMs: waitMs.default(10_000),
  linkRetryMostMs: waitMs.default(300_000),
  scriptNoticeTries: z.int().min(0).max(10).default(2),
  signatureUpload: signatureUploadSection.default(signatureUploadSection.parse({})),
  signOnEveryHours: z.int().min(0).max(168).default(24),
  signOffAfterSettlement: z.boolean().default(false),
  downloads: z.array(z.enum(DOWNLOADS)).max(5).default([]),
  hostRequests: z
    .record(
      z.string().regex(/^([1-9]|1[0-5])$/, 'a number from 1 to 15'),
      z.enum(['signOn', ...DOWNLOADS]),
    )
    .default(USUAL_HOST_REQUESTS),
  blacklist: z
    .strictObject({
      indexDigits: z.int().min(2).max(4).default(USUAL_BLACKLIST.indexDigits),
      marked: z.boolean().default(USUAL_BLACKLIST.marked),
      answersIndex: z.boolean().default(USUAL_BLACKLIST.answersIndex),
      lengthDigits: z.int().min(1).max(3).default(USUAL_BLACKLIST.lengthDigits),
    })
    .default(USUAL_BLACKLIST),
  settlement: z
    .strictObject({
      voided: z.enum(['counted', 'leftOut']).default('counted'),
      upload: z.enum(['whereDifferent', 'never']).default('whereDifferent'),
    })
    .default({ voided: 'counted', upload: 'whereDifferent' }),
  masterKeyIndex: z.int().min(0).max(9),
  masterKey: z
    .string()
    .regex(/^([0-9A-Fa-f]{16}|[0-9A-Fa-f]{32})$/, '8 or 16 bytes as hex in quotes')
    .meta({ secret: true })
    .optional(),
})

/** Settings that are fine alone and no use together. */
export const acquirerSection = section
  .refine(({ mac, ...keys }) => canMake(mac, keys), {
    path: ['mac'],
    message: 'the keys of this acquirer cannot make this MAC',
  })
  .refine(
    ({ dukpt, pinDukpt }) => pinDukpt === undefined || pinDukpt.ksnField !== dukpt?.ksnField,
    {
      path: ['pinDukpt', 'ksnField'],
      message: 'this field names the key of the request already',
    },
  )
  .refine(({ trackEncryption, ...keys }) => trackEncryption === 'none' || bringsTrackKey(keys), {
    path: ['trackEncryption'],
    message: 'no track key comes with the sign-on: 004, or workingKeys with a key for data',
  })
  .refine(({ connection, http: gateway }) => gateway === undefined || connection === 'short', {
    path: ['connection'],
    message: 'an HTTP gateway takes one request for each connection: short',
  })
