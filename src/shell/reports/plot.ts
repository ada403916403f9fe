/**
 * Bar charts as SVG text, for people who look once at the end of a day: no script, no style sheet, no link, so that a page with a strict
 * content policy can show them and a browser alone too. Text is escaped; the numbers are those that were given.
 */

type Series = {
  readonly name: string
  readonly color: string
  readonly values: readonly number[]
}

export type BarChart = {
  readonly title: string
  /** Under each group of bars. */
  readonly labels: readonly string[]
  readonly series: readonly Series[]
  /** A number as people read it. */
  readonly format: (value: number) => string
}

const WIDTH = 960
const HEIGHT = 420
const LEFT = 84
/** From one word of the legend to the next: three of them stay inside what a narrow screen shows of the picture. */
const LEGEND_STEP = 180
const RIGHT = 24
const TOP = 84
const BOTTOM = 52
const INK = '#1b2a33'
const FAINT = '#c9d1d6'
const FONT = "'Noto Sans CJK SC','Noto Sans SC',sans-serif"
/** More groups than this have no room; the report names what was left out by its table. */
const GROUPS_LIMIT = 48
const LINES = 4

/** Bars side by side for each label. An empty chart has its axes and no bars. */
export function barChart({ format, labels, series, title }: BarChart): string {
  const groups = labels.slice(0, GROUPS_LIMIT)
  const most = niceTop(Math.max(0, ...series.flatMap(({ values }) => values)))
  const room = { width: WIDTH - LEFT - RIGHT, height: HEIGHT - TOP - BOTTOM }
  const step = room.width / Math.max(1, groups.length)
  const bar = Math.min(40, (step * 0.76) / Math.max(1, series.length))
  const yOf = (value: number) => TOP + room.height * (1 - value / most)
  const grid = Array.from({ length: LINES + 1 }, (_, line) => (most / LINES) * line)
  const parts = [
    text(LEFT, 34, title, { size: 22, bold: true }),
    ...legend(series),
    ...grid.flatMap((value) => [
      `<line x1="${LEFT}" y1="${round(yOf(value))}" x2="${WIDTH - RIGHT}" y2="${round(yOf(value))}" stroke="${value === 0 ? INK : FAINT}"/>`,
      text(LEFT - 10, yOf(value) + 5, format(value), { size: 14, anchor: 'end' }),
    ]),
    ...groups.flatMap((label, group) => {
      const middle = LEFT + step * (group + 0.5)
      const from = middle - (bar * series.length) / 2
      const bars = series.map(({ color, name, values }, place) => {
        const value = values[group] ?? 0
        const height = (room.height * value) / most
        const x = round(from + bar * place)
        const told = `${label} ${name}: ${format(value)}`
        return `<rect x="${x}" y="${round(TOP + room.height - height)}" width="${round(bar * 0.92)}" height="${round(height)}" fill="${color}"><title>${escape(told)}</title></rect>`
      })
      return [...bars, text(middle, HEIGHT - BOTTOM + 22, label, { size: 14, anchor: 'middle' })]
    }),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escape(title)}"><rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>${parts.join('')}</svg>\n`
}

function legend(series: readonly Series[]): readonly string[] {
  return series.flatMap(({ color, name }, index) => {
    const x = LEFT + index * LEGEND_STEP
    return [
      `<rect x="${x}" y="50" width="16" height="16" fill="${color}"/>`,
      text(x + 24, 63, name, { size: 15 }),
    ]
  })
}

/** The next of 1, 2, 4, 5, 8 times a power of ten: four equal steps lead to it. At least 4, so that counts have whole lines. */
function niceTop(most: number): number {
  for (let decade = 1; decade < 1e16; decade *= 10)
    for (const step of [4, 8, 12, 20, 32]) if (step * decade >= most) return step * decade
  return most
}

type TextStyle = {
  readonly size: number
  readonly bold?: true
  readonly anchor?: 'middle' | 'end'
}

function text(x: number, y: number, content: string, { anchor, bold, size }: TextStyle): string {
  const more = `${bold === true ? ' font-weight="700"' : ''}${anchor === undefined ? '' : ` text-anchor="${anchor}"`}`
  return `<text x="${round(x)}" y="${round(y)}" font-family="${FONT}" font-size="${size}" fill="${INK}"${more}>${escape(content)}</text>`
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function escape(content: string): string {
  return content
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
