/** What a tester can look at: the counter screen, the slips, the journal, the host's books. Only what is named is compared. */
import { z } from 'zod'

/** Yuan with two digits, as the screens show it. */
const amount = z.string().regex(/^-?[0-9,]+\.[0-9]{2}$/, 'an amount such as "38.50", in quotes')

const screen = z.strictObject({
  /** `CounterPage.kind` of `src/shell/api/view.ts`. */
  page: z.string().exactOptional(),
  outcome: z.enum(['approved', 'notPaid', 'unknown']).exactOptional(),
  /** Key under `messages` of the locale files; null: nothing is said. */
  message: z.string().nullable().exactOptional(),
  amount: amount.exactOptional(),
  /** Of a result where less was paid than was due. */
  due: amount.exactOptional(),
  rest: amount.exactOptional(),
  /** Of a page that shows the original beside the wish: what it was, what went back of it before, what is left of it afterwards. */
  original: amount.exactOptional(),
  givenBack: amount.exactOptional(),
  left: amount.exactOptional(),
  typed: z.string().exactOptional(),
  channel: z.string().exactOptional(),
  direction: z.enum(['in', 'out', 'hold', 'none']).exactOptional(),
  work: z.string().exactOptional(),
  /** States of the slips of the result page, in order. */
  slips: z.array(z.string()).exactOptional(),
  /** These are offered, perhaps among others. */
  options: z.array(z.string()).exactOptional(),
  /** What became of the records that are shown, newest first; empty where nothing did. */
  standings: z.array(z.string()).exactOptional(),
  /** Message keys of the open items, oldest first. */
  items: z.array(z.string()).exactOptional(),
})

/** The customer's own screen. */
const customer = z.strictObject({
  /** `CustomerPage.kind` of `src/shell/api/view.ts`. */
  page: z.string().exactOptional(),
  outcome: z.enum(['approved', 'notPaid', 'unknown']).exactOptional(),
  amount: amount.exactOptional(),
})

const strip = z.strictObject({
  /** All standing troubles, as `device.trouble`. */
  faults: z.array(z.string()).exactOptional(),
  /** These stand, perhaps among others. */
  withFaults: z.array(z.string()).exactOptional(),
  link: z.enum(['up', 'down', 'signingOn', 'signedOff']).exactOptional(),
  paper: z.enum(['ok', 'nearEnd', 'out', 'unknown']).exactOptional(),
  openItems: z.int().exactOptional(),
  operator: z.string().exactOptional(),
})

const slips = z.strictObject({
  /** Papers cut off so far. */
  count: z.int().exactOptional(),
  /** Each text stands on some cut paper; on none. */
  contains: z.array(z.string()).exactOptional(),
  notContains: z.array(z.string()).exactOptional(),
})

const record = z.strictObject({
  kind: z.string().exactOptional(),
  outcome: z.enum(['approved', 'notPaid']).exactOptional(),
  /** DE 39, or why there was none. */
  reason: z.string().exactOptional(),
  paid: amount.exactOptional(),
  due: amount.exactOptional(),
  channel: z.string().exactOptional(),
})

const journal = z.strictObject({
  /** The hash chain is whole. */
  verified: z.literal(true).exactOptional(),
  /** All transactions, oldest first. */
  records: z.array(record).exactOptional(),
  /** Approved in less approved out. */
  money: amount.exactOptional(),
})

const host = z.strictObject({
  /** Money that the host owes the shop. */
  held: amount.exactOptional(),
  /** Message types of all money requests that came, oldest first. */
  requests: z.array(z.string().regex(/^[0-9]{4}$/, 'four digits in quotes')).exactOptional(),
  entries: z.int().exactOptional(),
  signedOn: z.boolean().exactOptional(),
  /** Number of the open batch. */
  batch: z.string().exactOptional(),
  /** What customers have but may not spend: held by a pre-authorization. */
  blocked: amount.exactOptional(),
  /** Signatures from the customer's screen that the host has. */
  signatures: z.int().exactOptional(),
})

const devices = z.strictObject({
  readerLit: z.boolean().exactOptional(),
  /** AID in the list of slot and antenna alike. */
  readerTakes: z.string().exactOptional(),
  padAsks: z.boolean().exactOptional(),
  scannerLooks: z.boolean().exactOptional(),
  /** Stands on the display of the PIN pad. */
  padShows: z.string().exactOptional(),
})

export const pictureSchema = z.strictObject({
  screen: screen.exactOptional(),
  customer: customer.exactOptional(),
  strip: strip.exactOptional(),
  slips: slips.exactOptional(),
  journal: journal.exactOptional(),
  host: host.exactOptional(),
  devices: devices.exactOptional(),
})

export type Picture = z.infer<typeof pictureSchema>
export type RecordPicture = z.infer<typeof record>
