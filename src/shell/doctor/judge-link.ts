/** What is wrong between this terminal and its acquirer: the wire, the certificates, the language, the keys. */
import type { CertificateFacts, DoctorFacts, HostFacts } from './facts.ts'
import { type Finding, finding } from './finding.ts'
import { certificateTrouble } from './passing-time.ts'

export function judgeLink(facts: DoctorFacts): readonly Finding[] {
  return [
    ...facts.certificates.map((certificate) => judgeCertificate(certificate, facts)),
    ...facts.hosts.map(judgeHost),
    ...judgeTalk(facts),
    ...judgeKeys(facts),
  ]
}

function judgeCertificate(
  certificate: CertificateFacts,
  { certificateDays, nowMs }: DoctorFacts,
): Finding {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  const { validFromMs, validToMs, what } = certificate
  const params = { what, from: day(validFromMs), to: day(validToMs) }
  switch (certificateTrouble(certificate, nowMs, certificateDays)) {
    case 'expired':
      return finding('certificate', 'bad', 'certificate.expired', params)
    case 'notYet':
      return finding('certificate', 'bad', 'certificate.notYet', params)
    case 'soon':
      return finding('certificate', 'warning', 'certificate.soon', params)
    case null:
      return finding('certificate', 'good', 'certificate.valid', params)
  }
}

function judgeHost({ address, detail, reached }: HostFacts): Finding {
  const params = { address, detail }
  if (reached === null) return finding('host', 'open', 'host.notTried', params)
  if (reached) return finding('host', 'good', 'host.reached', params)
  if (/certificate has expired/i.test(detail))
    return finding('certificate', 'bad', 'certificate.hostExpired', params)
  // Node words every refusal of a certificate with this word; names and pins are refused by our own sentences.
  if (/certificate|altnames|self.signed|issuer/i.test(detail))
    return finding('certificate', 'bad', 'certificate.hostRefused', params)
  return finding('host', 'bad', 'host.unreachable', params)
}

function judgeTalk({ hosts, talk }: DoctorFacts): readonly Finding[] {
  switch (talk.kind) {
    case 'notTried':
      return []
    case 'signedOn':
      return [finding('talk', 'good', 'talk.signedOn')]
    case 'linkUp':
      return [finding('talk', 'good', 'talk.linkUp')]
    case 'linkDown':
      return [finding('talk', 'bad', 'talk.linkDown', { message: talk.message })]
    case 'failed':
      return judgeFailed(talk, hosts)
  }
}

function judgeFailed(
  talk: Extract<DoctorFacts['talk'], { kind: 'failed' }>,
  hosts: readonly HostFacts[],
): readonly Finding[] {
  const { answersIn, code, unreadable, why } = talk
  if (answersIn !== null)
    return [finding('talk', 'bad', 'talk.wrongDialect', { dialect: answersIn })]
  switch (why) {
    case 'unreachable':
      // Said by the host's own line already, unless the request could not even be written.
      return hosts.some(({ reached }) => reached === true)
        ? [finding('talk', 'bad', 'talk.notWritten', { code })]
        : []
    case 'silent':
      return [finding('talk', 'bad', unreadable ? 'talk.otherLanguage' : 'talk.silent')]
    case 'unusable':
      return [finding('talk', 'bad', 'talk.otherLanguage', { code })]
    case 'refused':
      return [finding('talk', 'bad', 'talk.refused', { code })]
    case 'keyCheck':
      return [finding('keys', 'bad', code === 'mac' ? 'keys.macDiffers' : 'keys.masterDiffers')]
    case 'noMasterKey':
      return []
  }
}

function judgeKeys({ keys }: DoctorFacts): readonly Finding[] {
  const { masterKeyCheck, ready, refused, unopened } = keys
  if (refused !== null) {
    const code = refused.by === 'deviceKey' ? 'keys.deviceKey' : 'keys.refused'
    return [finding('keys', 'bad', code, { why: refused.why })]
  }
  if (unopened) return [finding('keys', 'bad', 'keys.unopened')]
  if (masterKeyCheck === '') return [finding('keys', 'bad', 'keys.noMaster')]
  const found: Finding[] = []
  if (masterKeyCheck !== null)
    found.push(finding('keys', 'good', 'keys.master', { check: masterKeyCheck }))
  if (ready === false) found.push(finding('keys', 'warning', 'keys.notReady'))
  if (ready === true) found.push(finding('keys', 'good', 'keys.ready'))
  return found
}
