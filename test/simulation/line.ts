/** The line between terminal and acquirer: one connection per request, and every way in which an answer does not come. */
import type { Faults } from './faults.ts'
import type { Answer, Host, Request } from './host.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

export type Reached =
  | { readonly kind: 'replied'; readonly answer: Answer }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unreachable' }

export type Line = {
  /** `done` is called once, or more often when the transport is careless. A terminal that died does not hear it. */
  readonly ask: (request: Request, done: (reached: Reached) => void) => void
}

const CONNECT_TIMEOUT_MS = 10_000
/** Keys that no host ever gave out. */
const FORGED = -2
const LATEST_REQUEST_MS = 120_000

/**
 * `careless`: a transport that hands on answers to older questions, late ones and second ones. The real one passes them over; the core
 * must not depend on it.
 */
export function createLine(
  parts: { timeline: Timeline; random: Random; faults: Faults; host: Host },
  replyTimeoutMs: number,
  careless: boolean,
): Line {
  const { timeline, random, faults, host } = parts

  const tell = (request: Request, answer: Answer, done: (reached: Reached) => void): void => {
    const bent = bend(answer, faults, request.ask === 'query' ? unpaid : forged)
    const isOurs = bent.mti === answer.mti && bent.fields['11'] === answer.fields['11']
    const mayPass = careless && isAboutMoney(request)
    if (!isOurs && !mayPass) {
      timeline.after(replyTimeoutMs, () => done({ kind: 'silent' }))
      return
    }
    const replied: Reached = { kind: 'replied', answer: bent }
    done(replied)
    if (mayPass && faults.strikes('duplicateReply'))
      timeline.after(random.between(0, 5_000), () => done(replied))
  }

  /** The last answer to a question of each sort: genuine, and once more on the line where another one is lost. */
  const lately = new Map<Request['ask'], Answer>()

  const arrive = (request: Request, done: (reached: Reached) => void): void => {
    const answer = host.process(request)
    if (isAboutMoney(request)) lately.set(request.ask, answer)
    const silent: Reached = { kind: 'silent' }
    if (faults.strikes('closeBeforeReply')) {
      timeline.after(random.between(10, 2_000), () => done(silent))
    } else if (isRefund(request) && faults.strikes('refundUnheard')) {
      timeline.after(replyTimeoutMs, () => done(silent))
    } else if (faults.strikes('dropReply') || faults.strikes('halfFrame')) {
      timeline.after(replyTimeoutMs, () => done(silent))
    } else if (faults.strikes('lateReply')) {
      timeline.after(replyTimeoutMs, () => done(silent))
      if (careless && isAboutMoney(request))
        timeline.after(replyTimeoutMs + random.between(0, 60_000), () => {
          done({ kind: 'replied', answer })
        })
    } else {
      const slow = faults.strikes('delayReply') ? random.between(0, replyTimeoutMs - 1_000) : 0
      timeline.after(random.between(20, 80) + slow, () => tell(request, answer, done))
    }
  }

  return {
    ask: (request, done) => {
      if (faults.strikes('unreachable')) {
        const ms = random.between(1, CONNECT_TIMEOUT_MS)
        timeline.after(ms, () => done({ kind: 'unreachable' }))
      } else if (faults.strikes('dropRequest')) {
        timeline.after(replyTimeoutMs, () => done({ kind: 'silent' }))
        const stale = careless ? lately.get(request.ask) : undefined
        if (stale !== undefined && faults.strikes('staleReply'))
          timeline.after(random.between(20, 80), () => done({ kind: 'replied', answer: stale }))
      } else if (faults.strikes('lateRequest')) {
        timeline.after(replyTimeoutMs, () => done({ kind: 'silent' }))
        timeline.after(random.between(1_000, LATEST_REQUEST_MS), () => void host.process(request))
      } else {
        timeline.after(random.between(20, 80), () => arrive(request, done))
      }
    },
  }
}

/** An answer with one thing wrong in it; the same object when nothing is. `lie`: what somebody else would make of it. */
function bend(
  answer: Answer,
  faults: Faults,
  lie: (fields: Answer['fields']) => Answer['fields'],
): Answer {
  const { fields } = answer
  // Whoever cannot make a MAC may say anything; and so does an answer to somebody else's question, or to another of ours.
  if (faults.strikes('badMac')) return { ...answer, keys: FORGED, fields: lie(fields) }
  // A refusal of a request is believed without a MAC, because hosts that have lost our keys refuse without one: only approvals are forged so.
  if (faults.strikes('noMac'))
    return { ...answer, keys: null, fields: lie === forged ? approving(fields) : lie(fields) }
  if (faults.strikes('wrongMti')) return { ...answer, mti: '0810', fields: lie(fields) }
  if (faults.strikes('wrongStan'))
    return { ...answer, fields: { ...lie(fields), '11': otherThan(fields['11']) } }
  if (faults.strikes('wrongTerminal'))
    return { ...answer, fields: { ...lie(fields), '41': '99999999' } }
  // How much of a part the host holds only the host can say: a wrong one under a good MAC would be its own word.
  if (fields['4'] !== undefined && fields['39'] !== '10' && faults.strikes('wrongAmount'))
    return { ...answer, fields: { ...fields, '4': `${fields['4'].slice(0, -3)}777` } }
  return answer
}

/** The contrary of what the host says: paid where it refused, refused where money moved. Keys stay as they are. */
function forged(fields: Answer['fields']): Answer['fields'] {
  if (fields['62'] !== undefined) return fields
  return fields['39'] === '00' && fields['4'] !== undefined
    ? { ...fields, '39': '05' }
    : approving(fields)
}

/** Of a code payment: taken back, as this host says it. Whoever believes it lets the customer go without the goods, and paid. */
function unpaid(fields: Answer['fields']): Answer['fields'] {
  return { ...fields, '39': '22' }
}

function otherThan(stan: string | undefined): string {
  return stan === '999998' ? '999997' : '999998'
}

function approving(fields: Answer['fields']): Answer['fields'] {
  return fields['39'] === '00' || fields['62'] !== undefined
    ? fields
    : { ...fields, '37': '999999999999', '38': 'FORGED', '39': '00' }
}

/** Few answers are of refunds, and what a terminal does without one must be met often. */
function isRefund(request: Request): boolean {
  return request.ask === 'financial' && request.body.kind === 'refund'
}

function isAboutMoney(request: Request): boolean {
  return request.ask === 'financial' || request.ask === 'reversal' || request.ask === 'query'
}
