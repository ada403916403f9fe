/** What should be replaced, told by what came back after it had been mended. Hints of experience, not measurements: they are warnings, never red. */
import { type Finding, finding } from './finding.ts'
import type { Visit } from './history.ts'
import { type Standing, standingOf } from './standing.ts'

/** A plug that was knocked loose once says nothing; the second time it is the cable or the socket. */
const COMES_BACK = 2
/** Somebody has had the chance to switch it on and to look at the cable. */
const STAYS = 3

const MUTE = ['device.gone', 'device.noAnswer', 'device.garbled', 'device.missing']

/** `before`: oldest first. One hint at most for each finding of this run. */
export function judgeHistory(now: Visit, before: readonly Visit[]): readonly Finding[] {
  return now.findings.flatMap((found) => hint(found, standingOf(now, found, before)))
}

function hint({ check, code, params }: Finding, { spells, times }: Standing): readonly Finding[] {
  const facts = { ...params, times, spells }
  const say = (hinted: string): readonly Finding[] => [finding(check, 'warning', hinted, facts)]
  if (MUTE.includes(code) && spells >= COMES_BACK) return say('replace.cable')
  if (MUTE.includes(code) && times >= STAYS) return say('replace.device')
  if (code === 'paper.sensorDoubtful' && times + spells > STAYS) return say('replace.printer')
  if (code === 'paper.cutterJammed' && spells >= COMES_BACK) return say('replace.printer')
  if (code === 'clock.ancient' && spells >= COMES_BACK) return say('replace.battery')
  if ((code === 'disk.notWritable' || code === 'journal.damaged') && spells >= COMES_BACK)
    return say('replace.disk')
  return []
}
