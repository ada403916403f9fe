/** What is wrong with one device, the nearest cause first: a cable before a protocol, a wrong device before a silent one. */
import type { DeviceTrouble } from '#core/ports/device.ts'
import type { DeviceFacts } from './facts.ts'
import { type Finding, finding } from './finding.ts'

export function judgeDevice(facts: DeviceFacts): readonly Finding[] {
  const { role, place } = facts
  const params = { role, place }
  const atNode = judgeNode(facts)
  if (atNode !== null) return [atNode]
  const other = otherDevice(facts)
  if (other !== null) return [finding('device', 'bad', 'device.swapped', { ...params, other })]
  if (facts.health === null) return [finding('device', 'open', 'device.notAsked', params)]
  const { troubles, paperNearEnd } = facts.health
  if (troubles.length > 0) return troubles.map((trouble) => judgeTrouble(facts, trouble))
  if (role === 'qrScanner') return [finding('device', 'good', 'device.scannerOpen', params)]
  const identity = facts.health.identity ?? facts.model
  return [
    finding('device', 'good', 'device.answers', { ...params, identity }),
    ...(paperNearEnd === true ? [finding('paper', 'warning', 'paper.nearEnd', params)] : []),
  ]
}

function judgeNode(facts: DeviceFacts): Finding | null {
  const { heldBy, missingRule, node, role, place } = facts
  const params = { role, place }
  const [holder] = heldBy
  switch (node) {
    case 'missing':
      return missingRule === null
        ? finding('device', 'bad', 'device.missing', params)
        : finding('names', 'bad', 'device.ruleMissing', { ...params, rule: missingRule })
    case 'notADevice':
      return finding('device', 'bad', 'device.notADevice', params)
    case 'noPermission':
      return finding('device', 'bad', 'device.noPermission', params)
    case 'present':
    case 'notLooked':
      return holder === undefined
        ? null
        : finding('device', 'bad', 'device.held', { ...params, ...holder })
  }
}

/** The name of another role that stands behind this name: by what it answered, else by its USB number. */
function otherDevice({ answersAs, health, isByNumber, role }: DeviceFacts): string | null {
  if (answersAs !== null && answersAs !== role) return answersAs
  const answered = health !== null && !isSilent(health.troubles) && health.identity !== undefined
  const named = ['printer', 'pinPad', 'cardReader', 'qrScanner'].includes(isByNumber ?? '')
  return named && isByNumber !== role && !answered ? isByNumber : null
}

function judgeTrouble(facts: DeviceFacts, trouble: DeviceTrouble): Finding {
  const { role, place } = facts
  const params = { role, place }
  switch (trouble) {
    case 'gone':
      return finding('device', 'bad', 'device.gone', params)
    case 'wrongDevice':
      return finding('device', 'bad', 'device.wrongModel', params)
    case 'noAnswer':
    case 'garbled':
      return facts.answersAs === role
        ? finding('device', 'bad', 'device.wrongSpeed', params)
        : finding('device', 'bad', `device.${trouble}`, params)
    case 'paperOut':
      // A roll that ends passes the near-end sensor first: an end without a near end is the sensor, or no roll at all.
      return facts.health?.paperNearEnd === true
        ? finding('paper', 'bad', 'paper.out', params)
        : finding('paper', 'bad', 'paper.sensorDoubtful', params)
    case 'coverOpen':
    case 'cutterJammed':
    case 'headHot':
      return finding('paper', 'bad', `paper.${trouble}`, params)
    case 'keyMissing':
    case 'tampered':
      return finding('keys', 'bad', `keys.pad.${trouble}`, params)
  }
}

function isSilent(troubles: readonly DeviceTrouble[]): boolean {
  return troubles.some((trouble) => ['gone', 'noAnswer', 'garbled'].includes(trouble))
}
