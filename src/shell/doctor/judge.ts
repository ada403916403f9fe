/** The whole diagnosis from the facts. Pure: the same facts give the same report. */
import type { DoctorFacts } from './facts.ts'
import type { Finding } from './finding.ts'
import { judgeDevice } from './judge-device.ts'
import { judgeLink } from './judge-link.ts'
import { judgeMachine } from './judge-machine.ts'

export function judge(facts: DoctorFacts): readonly Finding[] {
  return [...judgeMachine(facts), ...facts.devices.flatMap(judgeDevice), ...judgeLink(facts)]
}
