/**
 * Which host to call first. The primary is preferred; a host that could not be reached is asked last until its pause is over, and each
 * further failure doubles the pause.
 */
import type { Clock } from '#core/ports/clock.ts'
import type { HostAddress } from './open-line.ts'

export type BackOff = {
  readonly firstMs: number
  readonly mostMs: number
}

export type HostOrder = {
  /** Every host once, best first. When all of them pause, all are tried nevertheless: a customer is waiting. */
  readonly toTry: () => readonly HostAddress[]
  /** True when a host before this one may be tried again. */
  readonly isBetterThere: (than: HostAddress) => boolean
  readonly worked: (address: HostAddress) => void
  readonly failed: (address: HostAddress) => void
}

type Standing = { readonly address: HostAddress; failures: number; pausesUntilMs: number }

/** `addresses`: primary first. */
export function createHostOrder(
  addresses: readonly HostAddress[],
  backOff: BackOff,
  clock: Clock,
): HostOrder {
  const standings: Standing[] = addresses.map((address) => ({
    address,
    failures: 0,
    pausesUntilMs: 0,
  }))
  const isWell = (one: Standing): boolean =>
    one.failures === 0 || clock.monotonicMs() >= one.pausesUntilMs
  const find = (address: HostAddress): Standing | undefined =>
    standings.find((one) => one.address === address)

  return {
    toTry: () =>
      [...standings.filter(isWell), ...standings.filter((one) => !isWell(one))].map(
        ({ address }) => address,
      ),
    isBetterThere: (than) => {
      const [best] = standings.filter(isWell)
      return best !== undefined && best.address !== than && standings.indexOf(best) < indexOf(than)
    },
    worked: (address) => {
      const standing = find(address)
      if (standing !== undefined) standing.failures = 0
    },
    failed: (address) => {
      const standing = find(address)
      if (standing === undefined) return
      const pauseMs = Math.min(backOff.firstMs * 2 ** standing.failures, backOff.mostMs)
      standing.failures += 1
      standing.pausesUntilMs = clock.monotonicMs() + pauseMs
    },
  }

  function indexOf(address: HostAddress): number {
    return standings.findIndex((one) => one.address === address)
  }
}
