/** Entry of the day's report: a page beside the counter that is read and left again. It changes nothing and hears no till. */
import { render, type VNode } from 'preact'
import type { ReportView } from '#shell/api/report-view.ts'
import { launchToken } from './launch-token.ts'
import { loadWords } from './wordbook.ts'
import type { Words } from './words.ts'

type Locale = ReportView['locale']

function ReportPage({
  report,
  words,
}: {
  readonly report: ReportView
  readonly words: Words
}): VNode {
  const { day, gaps, labels, lines, plots, reasons, sums } = report
  return (
    <>
      <BackToCounter words={words} />
      <h1>{labels['title']}</h1>
      <p class="report-note">
        {day} · {(labels['count'] ?? '').replace('{count}', String(lines.length))}
      </p>
      <p class="report-note">{lines.length === 0 ? labels['none'] : labels['honest']}</p>
      <p class="report-note">{labels['limits']}</p>
      {gaps.map((gap) => (
        <p key={gap} class="report-note report-gap">
          {gap}
        </p>
      ))}
      <Lines labels={labels} lines={lines} />
      <h2>{labels['figures']}</h2>
      <Sums labels={labels} sums={sums} />
      {plots.map((plot) => (
        <Plot key={plot} svg={plot} />
      ))}
      <h2>{labels['byReason']}</h2>
      <table data-table="reasons">
        <tbody>
          {reasons.map(({ count, text }) => (
            <tr key={text}>
              <td class="report-number">{count}</td>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** The drawing as an element of its own: parsed, never run. */
function Plot({ svg }: { readonly svg: string }): VNode {
  const place = (element: HTMLElement | null): void => {
    if (element === null) return
    const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement
    element.replaceChildren(document.importNode(drawn, true))
  }
  return <div class="report-plot" ref={place} />
}

function Lines({ labels, lines }: Pick<ReportView, 'labels' | 'lines'>): VNode {
  return (
    <table data-table="exceptions">
      <thead>
        <tr>
          <th>{labels['time']}</th>
          <th>{labels['trace']}</th>
          <th>{labels['operator']}</th>
          <th class="report-number">{labels['amount']}</th>
          <th>{labels['what']}</th>
          <th>{labels['why']}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ amount, operator, time, trace, what, why }, index) => (
          <tr key={index}>
            <td>{time}</td>
            <td>{trace}</td>
            <td>{operator}</td>
            <td class="report-number">{amount}</td>
            <td>{what}</td>
            <td>
              <ul>
                {why.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Sums({ labels, sums }: Pick<ReportView, 'labels' | 'sums'>): VNode {
  return (
    <table data-table="sums">
      <thead>
        <tr>
          <th />
          <th class="report-number">{labels['in']}</th>
          <th class="report-number">{labels['back']}</th>
          <th class="report-number">{labels['net']}</th>
          <th class="report-number">{labels['exceptions']}</th>
        </tr>
      </thead>
      <tbody>
        {sums.map(({ back, exceptions, name, net, taken }, index) => (
          <tr key={index}>
            <td>{name}</td>
            <td class="report-number">{taken}</td>
            <td class="report-number">{back}</td>
            <td class="report-number">{net}</td>
            <td class="report-number">{exceptions}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function BackToCounter({ words }: { readonly words: Words }): VNode {
  return (
    <a class="report-back" href="/">
      {words.screen.back}
    </a>
  )
}

/** Null: it cannot be had, and the page says so. */
async function load(locale: Locale, token: string): Promise<ReportView | null> {
  try {
    const answer = await fetch(`/api/report?lang=${locale}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    if (!answer.ok) return null
    const report: ReportView = await answer.json()
    return report
  } catch {
    // The terminal is gone; whoever reads this page is told the same.
    return null
  }
}

async function start(screen: HTMLElement): Promise<void> {
  const locale = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh-CN'
  document.documentElement.lang = locale
  const token = launchToken(() => location.reload())
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') location.assign('/')
  })
  const words = await loadWords(locale)
  const report = await load(locale, token())
  if (report !== null) render(<ReportPage report={report} words={words} />, screen)
  else
    render(
      <>
        <BackToCounter words={words} />
        <p class="report-note report-gap">{words.screen.noReport}</p>
      </>,
      screen,
    )
}

const root = document.getElementById('screen')
if (root !== null) void start(root)
