/** The page that a run leaves behind, and the same figures in a few lines. */
import { goals, type Row } from './goals.ts'
import { CLASSES, type ErrorClass } from './injector.ts'
import type { MistakesResult } from './run.ts'
import { SHOP_KINDS } from './shops.ts'
import { mean, percentile95, type Tally, wilson } from './tally.ts'
import { BLIND, WORDS } from './words.ts'

export function reportPage(result: MistakesResult): string {
  const { tallies, orders, days } = result
  return [
    '# Mistakes at the counter',
    '',
    `Made by \`make mistakes\`: ${whole(orders)} true orders on ${days} days of four shops, each served by five terminals with the same`,
    'mistakes. One order in five has one, far above life, so that each class is seen often. What the words mean stands in',
    '`test/mistakes/README.md`; how people behave is guessed there and nowhere measured. Intervals are 95 % (Wilson).',
    '',
    ...tallies.map(({ variant }) => `- **${variant.name}** ${variant.what}`),
    '',
    '## What reached the acquirer',
    'Escaped, of those injected.',
    '',
    ...table(
      ['mistake', 'injected', ...names(tallies), 'B1 : B3', 'who can see it'],
      CLASSES.map((name) => [
        WORDS[name][0],
        whole(tallies[0]?.tally.classes[name].injected ?? 0),
        ...tallies.map(({ tally }) =>
          share(tally.classes[name].escaped, tally.classes[name].injected),
        ),
        fewer(tallies, name),
        WORDS[name][1],
      ]),
    ),
    ...whyNotFewer(tallies),
    ...couldBeSeen(tallies),
    '## What became of it on the same day',
    'Repaired / named on a list / known from the total alone / silent, of what escaped. Named on a list counts those too that only the name of',
    'the payer put there.',
    '',
    ...table(
      ['mistake', ...names(tallies), 'silent on B3, of injected'],
      CLASSES.map((name) => [
        WORDS[name][0],
        ...tallies.map(({ tally: { classes } }) => {
          const { byPayer, byTotal, listed, repaired, silent } = classes[name]
          return `${repaired} / ${listed + byPayer} / ${byTotal} / ${silent}`
        }),
        silentOf(tallies, name),
      ]),
    ),
    ...remains(tallies),
    '## What must be zero, and what it costs',
    '',
    ...table(['', ...names(tallies)], figures(tallies)),
    '## Shop by shop, on B3',
    '',
    ...table(
      [
        'shop',
        'honest sales',
        'false alarms',
        'extra taps',
        'slips of the finger',
        'escaped',
        'escaped on B1',
      ],
      shopRows(tallies),
    ),
    '## Goals',
    '',
    ...goals(tallies).map(
      ({ goal, is, met }) => `- ${met ? 'met' : '**missed**'}: ${goal} – ${is}`,
    ),
    '',
    ...LIMITS,
    '',
  ].join('\n')
}

/** What could be seen at all, by a rule that looks at no guard (`sight.ts`), and the honest rest. */
function couldBeSeen(rows: readonly Row[]): readonly string[] {
  const of = (name: string) => rows.find(({ variant }) => variant.name === name)?.tally.classes
  const [plain, ours, careful] = [of('B1'), of('B3'), of('B3P')]
  if (plain === undefined || ours === undefined || careful === undefined) return []
  const times = (one: number, other: number): string =>
    one === 0 ? '–' : other === 0 ? `${one} : 0` : (one / other).toFixed(1)
  return [
    '## What could be seen before anything left, and what nothing could see',
    ...SIGHT,
    '',
    ...table(
      [
        'mistake',
        'could be seen',
        'of them escaped on B1',
        'B3',
        'B3P',
        'B1 : B3',
        'nothing could see',
        'of them escaped on B1',
        'B3',
        'B3P',
      ],
      CLASSES.map((name) => {
        const [one, two, three] = [plain[name], ours[name], careful[name]]
        const hidden = ({ escaped, visibleEscaped }: typeof one) => whole(escaped - visibleEscaped)
        return [
          WORDS[name][0],
          share(two.visible, two.injected),
          whole(one.visibleEscaped),
          whole(two.visibleEscaped),
          whole(three.visibleEscaped),
          times(one.visibleEscaped, two.visibleEscaped),
          whole(two.injected - two.visible),
          hidden(one),
          hidden(two),
          hidden(three),
        ]
      }),
    ),
  ]
}

const SIGHT = [
  'Decided from the true order, the mistake and the prices of the shop, never from what a guard did, and with more knowledge than any terminal has:',
  'a mistyped amount could be seen where the best check of one amount there is (Neyman and Pearson: it knows what honest and mistyped amounts of',
  'this shop and hour come to, and doubts one honest sale in fifty) doubts it, or where this customer would have looked at a display; a sale in place',
  'of a refund where the same card is held out again for the same amount, or the customer looks; a hold where this shop holds nothing, or the customer looks; a second phone',
  'where both are in view within a second. What is checked against something that cannot be mistaken (journal, class of a code, slip, card) could always',
  'be seen. The eyes of the cashier are counted nowhere here: B1 lives by them. What nothing could see is told beside it and counts as escaped above.',
]

function shopRows(rows: readonly Row[]): readonly (readonly string[])[] {
  const of = (name: string) => rows.find(({ variant }) => variant.name === name)?.tally.shops
  const ours = of('B3')
  const plain = of('B1')
  if (ours === undefined || plain === undefined) return []
  return SHOP_KINDS.map((kind) => {
    const { honestSales, falseAlarms, extraTaps, slips, escaped } = ours[kind]
    return [
      kind,
      whole(honestSales),
      share(falseAlarms, honestSales),
      (extraTaps / Math.max(1, honestSales)).toFixed(3),
      whole(slips),
      share(escaped, slips),
      share(plain[kind].escaped, plain[kind].slips),
    ]
  })
}

/** What nothing asks anybody to look at, under which conditions. */
function remains(rows: readonly Row[]): readonly string[] {
  const sum = (tally: Tally, of: (counted: Tally['classes'][ErrorClass]) => number): string =>
    whole(CLASSES.reduce((all, name) => all + of(tally.classes[name]), 0))
  const line = (
    title: string,
    of: (counted: Tally['classes'][ErrorClass]) => number,
  ): readonly string[] => [title, ...rows.map(({ tally }) => sum(tally, of))]
  return [
    '## Silent: wrong, and nothing asks anybody to look',
    '',
    ...table(
      ['wrong payments, of all classes', ...names(rows)],
      [
        line('escaped', ({ escaped }) => escaped),
        line(
          'silent where the shop keys its total and the acquirer names the payer',
          ({ silent }) => silent,
        ),
        [
          'of them on days whose mistakes cancel each other to the fen',
          ...rows.map(({ tally, variant }) => (variant.guarded ? whole(tally.cancelled) : '–')),
        ],
        line('silent where the acquirer names no payer', ({ byPayer, silent }) => silent + byPayer),
        line('silent where the shop keys no total', ({ byTotal, silent }) => silent + byTotal),
        line(
          'silent where neither is so',
          ({ byPayer, byTotal, silent }) => silent + byPayer + byTotal,
        ),
        beside(
          "silent where the register's list stands beside the payments and the acquirer names the payer",
          rows,
          ({ silentBesideBook }) => silentBesideBook,
        ),
        beside(
          "silent where the register's list stands beside the payments and the acquirer names no payer",
          rows,
          ({ silentBesideBookUnnamed }) => silentBesideBookUnnamed,
        ),
        [
          'lines to read at night, of 100 orders',
          ...rows.map(({ tally }) =>
            ((tally.listLines / Math.max(1, tally.orders)) * 100).toFixed(1),
          ),
        ],
      ],
    ),
  ]
}

/** Plainer terminals have no such command. */
function beside(
  title: string,
  rows: readonly Row[],
  of: (tally: Tally) => number,
): readonly string[] {
  return [title, ...rows.map(({ tally, variant }) => (variant.guarded ? whole(of(tally)) : '–'))]
}

const LIMITS = [
  '## What this says, and what not',
  'A usual amount is confirmed where it was typed, and nobody is given credit for having looked there: that is what B3 saves in taps and',
  'loses in swapped and neighbouring digits against B3P, which shows every amount on a page of its own. Where few prices repeat, or end on few',
  'digits, swapped and neighbouring digits make an amount that was never taken, and that is doubted. Elsewhere they look like any other price:',
  'only the till (B4) or the customer sees them, and no list can name them. Only the total that the shop has counted for itself says that something is wrong on this day, and not what: mistakes that cancel each other to the fen pass it. A wrong payment',
  'that the register lists with its own amount is named by `suretill report book`, unless the same two amounts change places within minutes. One',
  "that keeps the total right (the next customer's phone) is seen where the acquirer names the payer, and nowhere else. Whoever keys the total",
  'does so rightly here, and whoever closes the day reads the list. A level 1 look (0.8 s) is given no credit, because nobody has measured it.',
  'What is paid by code goes back by its reference with nobody holding anything out: a wrong voucher meets no card, and no page of the customer.',
  'Each payment by code waits a second for another phone (`codes.mergeMs`): that second is in no figure of this page.',
  'On B4 the till sends what is right, through the same core: mistakes made at the till itself are not counted, and taps there neither.',
]

function figures(rows: readonly Row[]): readonly (readonly string[])[] {
  const line = (title: string, of: (tally: Tally) => string): readonly string[] => [
    title,
    ...rows.map(({ tally }) => of(tally)),
  ]
  return [
    line('double charges', (tally) => whole(tally.doubleCharges)),
    line('payee, contact or goods code charged', (tally) => whole(tally.wrongPayees)),
    line('refunds over what was left', (tally) => whole(tally.refundsOverRemaining)),
    line('slips neither printed nor owed', (tally) => whole(tally.slipsLost)),
    line('wrong although nobody made a mistake', (tally) => whole(tally.wrongWithoutMistake)),
    line('orders given up', (tally) => whole(tally.givenUp)),
    line('silent though the terminal had doubted the amount', (tally) =>
      whole(tally.silentThoughDoubted),
    ),
    line('honest sales', (tally) => whole(tally.honestSales)),
    line('honest: extra taps, mean', (tally) => mean(tally.extraTaps).toFixed(3)),
    line('honest: extra taps, 95 of 100 at most', (tally) => String(percentile95(tally.extraTaps))),
    line('honest: extra seconds, mean', (tally) => (mean(tally.extraMs) / 1000).toFixed(2)),
    line('honest: extra seconds, 95 of 100 at most', (tally) =>
      (percentile95(tally.extraMs) / 1000).toFixed(2),
    ),
    line('false alarms', (tally) => share(tally.falseAlarms, tally.honestSales)),
  ]
}

export function tellResult({ tallies, orders, days, cpuSeconds }: MistakesResult): string {
  const served = tallies.reduce((sum, { tally }) => sum + tally.orders, 0)
  const speed = `${(days / cpuSeconds).toFixed(1)} seeds/s, ${whole(served / cpuSeconds)} orders/s of one core`
  return [
    `${whole(orders)} true orders on ${days} days, ${tallies.length} terminals, ${cpuSeconds.toFixed(1)} s: ${speed}`,
    ...goals(tallies).map(({ goal, is, met }) => `${met ? 'met   ' : 'MISSED'} ${goal}: ${is}`),
  ].join('\n')
}

function names(rows: readonly Row[]): readonly string[] {
  return rows.map(({ variant }) => variant.name)
}

function fewer(rows: readonly Row[], name: ErrorClass): string {
  const of = (wanted: string) =>
    rows.find(({ variant }) => variant.name === wanted)?.tally.classes[name].escaped ?? 0
  if (of('B1') === 0) return '–'
  return of('B3') === 0 ? `${of('B1')} : 0` : (of('B1') / of('B3')).toFixed(1)
}

/** Every class of which less than five times fewer escape than with a plain yes or no. */
export function fewEnough(rows: readonly Row[], name: ErrorClass): boolean {
  const of = (wanted: string) =>
    rows.find(({ variant }) => variant.name === wanted)?.tally.classes[name].escaped ?? 0
  return of('B3') * 5 <= of('B1')
}

function whyNotFewer(rows: readonly Row[]): readonly string[] {
  const many = CLASSES.filter((name) => !fewEnough(rows, name))
  if (many.length === 0) return []
  return [
    'Of these less than five times fewer escape on B3 than on B1, and why no guard can see the rest:',
    '',
    ...many.map(
      (name) => `- ${WORDS[name][0]} (${fewer(rows, name)}): ${BLIND[name] ?? '**nobody knows**'}`,
    ),
    '',
  ]
}

function silentOf(rows: readonly Row[], name: ErrorClass): string {
  const counted = rows.find(({ variant }) => variant.name === 'B3')?.tally.classes[name]
  return counted === undefined ? '' : share(counted.silent, counted.injected)
}

function share(hits: number, trials: number): string {
  if (trials === 0) return '–'
  const { low, high } = wilson(hits, trials)
  const percent = (part: number) => (part * 100).toFixed(1)
  return `${percent(hits / trials)} % (${percent(low)}–${percent(high)})`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line), '']
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
