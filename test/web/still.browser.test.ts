/** What stands on the glass stays where the finger is going: no standing fact that comes or goes may move a key. */
import { expect, test } from 'vitest'
import type { Look, View } from '#shell/api/view.ts'
import words from '../../config/locales/en.json' with { type: 'json' }
import { eachGlass } from './each-glass.ts'
import type { Fixture } from './fixtures/parts.ts'
import { FIXTURES } from './fixtures.ts'
import { SIZES, SLOW } from './glass.ts'
import { FIND_MOVED_KEYS } from './measures.ts'
import { OWN_SOCKET, parade } from './parade.ts'

const LOOK: Look = { theme: 'light', quietHours: null, volume: 100, voice: true }

const QUIET: View['strip'] = { operator: '', link: 'up', paper: 'ok', openItems: 0, faults: [] }

/** What may come while a page stands: from the world, never from the finger on it. */
const COMES: readonly Partial<View['strip']>[] = [
  {},
  {
    faults: [
      { key: 'noAnswer', params: { device: 'cardReader' } },
      { key: 'gone', params: { device: 'qrScanner' } },
      { key: 'slipOwed', params: {} },
    ],
    openItems: 12,
    paper: 'nearEnd',
    link: 'down',
  },
  { releaseWaits: true },
]

const { glass } = eachGlass(async ({ fixture, page }) => {
  await page.addInitScript(OWN_SOCKET)
  const settings = FIXTURES.find(({ view }) => view.counter.kind === 'parameters')
  if (settings !== undefined) fixture.show(settings.view)
})

/** Every fault there is a word for, alone: the longest must find its place too. */
const EVERY_FAULT = Object.keys(words.faults).map((key) => ({
  faults: [{ key, params: { device: 'cardReader', percent: '15' } }],
}))
const ON_PAGES = ['menu-first', 'records', 'amount-typed']

/** One of those that stand alike: the same page with as many answers, told something or not. */
const ALIKE = new Map(
  FIXTURES.map((one) => {
    const { counter, drill, message, work } = one.view
    const answers = 'options' in counter ? (counter.options?.length ?? 0) : 0
    return [[counter.kind, answers, drill, work, message === null].join(), one]
  }),
)

/** Each state as it is with nothing told above it, and then with what may come. */
const STATES: readonly Fixture[] = [
  ...ALIKE.values(),
  ...FIXTURES.filter(({ name }) => ON_PAGES.includes(name)),
].flatMap(({ name, view }) =>
  [...COMES, ...(ON_PAGES.includes(name) ? EVERY_FAULT : [])].map((comes, index) => ({
    name: `${name} ${index}`,
    view: { ...view, strip: { ...QUIET, operator: view.strip.operator, ...comes } },
  })),
)

for (const size of SIZES) {
  test(`on ${size.width}×${size.height} no key moves when a fault comes or goes`, {
    timeout: SLOW,
  }, async () => {
    await glass().page.setViewportSize(size)
    await glass().page.goto(glass().screens().url)
    await glass().page.waitForFunction('window.ours?.onmessage')
    const { faults } = await parade(glass().page, {
      look: LOOK,
      screen: 'counter',
      states: STATES,
      measures: [FIND_MOVED_KEYS],
    })
    expect(faults).toEqual([])
  })
}
