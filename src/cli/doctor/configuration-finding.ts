/** What the doctor says of a `terminal.yaml` that cannot be used: the place, and what may stand there. */
import type { ConfigTrouble } from '#shell/config/terminal-file.ts'
import { type Finding, finding } from '#shell/doctor/finding.ts'
import { listParameters } from '#shell/params/parameter.ts'

const NOT_YAML_AT = / at line (\d+), column \d+:?$/

export function configurationFinding({ kind, path, place, problem }: ConfigTrouble): Finding {
  const parameter = nearest(place)
  return finding('configuration', 'bad', `configuration.${kind}`, {
    path,
    place,
    problem: problem.replace(NOT_YAML_AT, ''),
    line: NOT_YAML_AT.exec(problem)?.[1] ?? '?',
    name: parameter?.name ?? place,
    bounds: parameter?.bounds ?? '?',
  })
}

/** Of `operators.0.number` the parameter is `operators`. */
function nearest(place: string): ReturnType<typeof listParameters>[number] | undefined {
  const all = listParameters()
  const parts = place.split('.')
  const names = parts.map((_, at) => parts.slice(0, parts.length - at).join('.'))
  return names.map((name) => all.find((one) => one.name === name)).find((one) => one !== undefined)
}
