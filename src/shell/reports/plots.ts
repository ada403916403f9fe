/** The plots of a day: money by hour, payments by operator, reasons by how often they are given. */
import type { Figures } from '#core/report/figures.ts'
import { barChart } from './plot.ts'
import type { ReportWords } from './report-words.ts'

export type Plots = {
  readonly byHour: string
  readonly byOperator: string
}

const TAKEN = '#1f7a5c'
const BACK = '#c0562f'
const UNUSUAL = '#7a5bb5'

/** Hours before the first and after the last with anything in them are left out. */
export function plotsOf({ hours, operators }: Figures, { labels }: ReportWords): Plots {
  const word = (name: string) => labels[name] ?? name
  const busy = hours.map(
    ({ backCount, exceptions, inCount }) => inCount + backCount + exceptions > 0,
  )
  const first = Math.max(0, busy.indexOf(true))
  const shown = hours.slice(first, Math.max(first + 1, busy.lastIndexOf(true) + 1))
  return {
    byHour: barChart({
      title: `${word('byHour')} (${word('yuan')})`,
      labels: shown.map(({ name }) => name),
      series: [
        { name: word('in'), color: TAKEN, values: shown.map(({ inMinor }) => inMinor / 100) },
        { name: word('back'), color: BACK, values: shown.map(({ backMinor }) => backMinor / 100) },
      ],
      format: grouped,
    }),
    byOperator: barChart({
      title: word('byOperator'),
      labels: operators.map(({ name }) => name),
      series: [
        { name: word('in'), color: TAKEN, values: operators.map(({ inCount }) => inCount) },
        { name: word('back'), color: BACK, values: operators.map(({ backCount }) => backCount) },
        {
          name: word('exceptions'),
          color: UNUSUAL,
          values: operators.map(({ exceptions }) => exceptions),
        },
      ],
      format: grouped,
    }),
  }
}

function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
}
