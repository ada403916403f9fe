/** Figures as text in the exposition format of Prometheus, version 0.0.4. Forty lines do it: the usual package brings a registry of its own. */
import type { Metric } from './catalogue.ts'

export type Sample = {
  readonly metric: Metric
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Samples of one metric stand together, in the order in which the metrics first come. Ends with a line end, as the format wants. */
export function writeExposition(samples: readonly Sample[]): string {
  const metrics = [...new Set(samples.map(({ metric }) => metric))]
  return metrics
    .flatMap((metric) => [
      `# HELP ${metric.name} ${metric.help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${metric.name} ${metric.type}`,
      ...samples.filter((sample) => sample.metric === metric).map(line),
    ])
    .map((text) => `${text}\n`)
    .join('')
}

function line({ labels = {}, metric, value }: Sample): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${escaped(text)}"`)
  const set = pairs.length === 0 ? '' : `{${pairs.join(',')}}`
  return `${metric.name}${set} ${value}`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
