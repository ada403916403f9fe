/** What was explored, as text: a Mermaid diagram of the steps and a table of what each step refuses. */
import type { Explored } from './explore.ts'

/** Events that can come at any time and leave the page where it is, or start over: they would cover the diagram. */
const EVERYWHERE = ['started', 'deviceHealthChanged', 'localeChosen', 'printEnded', 'signedOn']

/** A `stateDiagram-v2`: one arrow per pair of steps, labelled with the events that lead from one to the other. */
export function drawSteps({ moves }: Explored): string {
  const arrows = new Map<string, Set<string>>()
  for (const [key, targets] of moves) {
    const [from = '', event = ''] = key.split('|')
    for (const to of targets) {
      if (to === from || EVERYWHERE.includes(event)) continue
      const arrow = `${from} --> ${to}`
      arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(event))
    }
  }
  const lines = [...arrows]
    .map(([arrow, events]) => `  ${arrow} : ${[...events].toSorted().join(', ')}`)
    .toSorted()
  return ['stateDiagram-v2', ...lines, ''].join('\n')
}

/** Rows are steps, columns refusals; a pair that is sometimes taken and sometimes refused stands in both. */
export function tableOfRefusals({ events, moves, refusals, steps }: Explored): string {
  const rows = steps.flatMap((step) =>
    events.flatMap((event) => {
      const names = refusals.get(`${step}|${event}`)
      if (names === undefined) return []
      const taken = moves.has(`${step}|${event}`) ? 'sometimes' : 'never'
      return [`| ${step} | ${event} | ${taken} | ${[...names].toSorted().join(', ')} |`]
    }),
  )
  return [
    '# What each step refuses',
    '',
    `Made by \`node scripts/diagrams.ts\` from the decisions themselves: ${steps.length} steps, ${events.length} types of event.`,
    'A pair that is not here is always acted upon.',
    '',
    '| step | event | acted upon | refused as |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
