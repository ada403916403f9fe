/** Words of a slip, read from `config/locales/slip.<locale>.json`. A slip in Chinese is bilingual, as slips of Chinese banks are. */
import { z } from 'zod'

/** A line feed ends a line. */
const word = z.string().min(1).max(120)
/** `plain` is used when no limit is named, `limited` has the place holder `{limit}`. */
const sentence = z.strictObject({ plain: word, limited: word })

const paragraph = z.string().min(1).max(400)

const incidentWords = (of: typeof word) =>
  z.strictObject({
    shortfall: of,
    overcharge: of,
    wrongPayer: of,
    strangerSticker: of,
    disputed: of,
  })

const slipWordsSchema = z.strictObject({
  locale: z.enum(['zh-CN', 'en']),
  title: word,
  /** Over a slip of which a part was printed before. */
  voidAbove: word,
  copies: z.strictObject({ merchant: word, cardholder: word }),
  types: z.strictObject({
    sale: word,
    void: word,
    refund: word,
    preAuth: word,
    preAuthVoid: word,
    completion: word,
    completionVoid: word,
    settlement: word,
    incident: word,
    notPaid: word,
    test: word,
  }),
  /** The first paper after a change of what is printed. */
  test: z.strictObject({
    title: word,
    printer: word,
    everyPayment: word,
    signs: word,
    noReceipt: word,
  }),
  /** The paper of a code payment that came to nothing. */
  notPaid: z.strictObject({ title: word, asked: word, nothing: word, phone: paragraph }),
  /** For the customer, under a correction: an apology, what was wrong, and a heading for when the money comes. */
  note: z.strictObject({
    title: word,
    sorry: paragraph,
    causes: z.strictObject({
      wrongAmount: paragraph,
      holdMeant: paragraph,
      saleMeant: paragraph,
      wrongPayer: paragraph,
      paidTwice: paragraph,
      customerWish: paragraph,
      exchange: paragraph,
    }),
  }),
  /** The slip of a closed batch. */
  settlement: z.strictObject({
    title: word,
    net: word,
    /** In front of what the net sum holds of batches that the host had ended. */
    ofWhich: word,
    balanced: word,
    different: word,
    /** The list of exceptions in short, by group. */
    exceptions: word,
    groups: z.strictObject({
      doubted: word,
      keyedAgain: word,
      blind: word,
      takenBack: word,
      corrected: word,
      withoutSlip: word,
      partly: word,
      samePayer: word,
      holds: word,
      unknown: word,
      codes: word,
      slips: word,
      collect: word,
    }),
    noExceptions: word,
    /** The shop's own total beside the terminal's. */
    shopTotal: word,
    shopSame: word,
    shopDiffers: word,
    shopKeyedBy: word,
    hostSilent: word,
    ours: word,
    hosts: word,
    domestic: word,
    foreign: word,
    debitAmount: word,
    debitCount: word,
    creditAmount: word,
    creditCount: word,
  }),
  /** The sheet of something that cannot be mended now. */
  incident: z.strictObject({
    title: word,
    kinds: incidentWords(word),
    due: word,
    last4: word,
    /** What helps next. */
    advice: incidentWords(paragraph),
    notes: word,
    noReceipt: word,
  }),
  labels: z.strictObject({
    merchantNumber: word,
    terminalNumber: word,
    operator: word,
    issuer: word,
    acquirer: word,
    card: word,
    paymentCode: word,
    channel: word,
    scheme: word,
    type: word,
    batch: word,
    trace: word,
    authCode: word,
    reference: word,
    dateTime: word,
    originalTrace: word,
    originalReference: word,
    originalAuthCode: word,
    originalDate: word,
    /** In front of the voucher number of the payment that this one follows. */
    follows: z.strictObject({
      rest: word,
      topUp: word,
      redo: word,
      giveBack: word,
      exchange: word,
    }),
    /** The till's reference of the order. */
    tillOrder: word,
    due: word,
    rest: word,
    amount: word,
    remarks: word,
    signature: word,
    /** In front of the code behind a signature on the screen. */
    signedOnScreen: word,
    hotline: word,
    job: word,
  }),
  channels: z.record(z.string(), word),
  /** Currency sign by ISO 4217 number; short, so that the largest amount stays on one line. */
  currencies: z.record(z.string(), z.string().regex(/^[ -~]{1,6}$/)),
  verification: z.strictObject({
    noPin: sentence,
    noSignature: sentence,
    noPinNoSignature: sentence,
    deviceVerified: sentence,
    codePayment: sentence,
  }),
  /** Paragraphs, each on a line of its own. */
  declaration: z.strictObject({ card: z.array(word).max(4), code: z.array(word).max(4) }),
  retention: z.strictObject({ merchant: word, cardholder: word }),
  marks: z.strictObject({ late: word, reprint: word, drill: word }),
})

export type SlipWords = z.infer<typeof slipWordsSchema>

/** `data` is the parsed JSON. The error names the missing or wrong word, for the technician. */
export function readSlipWords(
  data: unknown,
):
  | { readonly ok: true; readonly words: SlipWords }
  | { readonly ok: false; readonly error: string } {
  const checked = slipWordsSchema.safeParse(data)
  return checked.success
    ? { ok: true, words: checked.data }
    : { ok: false, error: z.prettifyError(checked.error) }
}
