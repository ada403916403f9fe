/** What the doctor found out, before anybody judges it. Gathering touches the world; judging is pure and sees only this. */
import type { DeviceHealth } from '#core/ports/device.ts'
import type { Holder } from '../devices/holders.ts'
import type { PosRole } from '../devices/naming.ts'

export type DeviceFacts = {
  readonly role: PosRole
  readonly model: string
  /** Node, address or USB number as terminal.yaml names it. */
  readonly place: string
  /** `notLooked`: not reached by a path, such as a printer on the network. */
  readonly node: 'present' | 'missing' | 'notADevice' | 'noPermission' | 'notLooked'
  /** Processes that have it open, without the terminal itself. */
  readonly heldBy: readonly Holder[]
  /** What USB numbers say of the thing behind the name; null when they say nothing. */
  readonly isByNumber: string | null
  /** Something for this role is plugged in and has no name that stays: the rule that is missing. */
  readonly missingRule: string | null
  /** As the driver found it, here or in the running terminal; null when nobody asked. */
  readonly health: DeviceHealth | null
  /** What it answered when it did not answer as it should; null: nothing that is known, or not asked. */
  readonly answersAs: string | null
}

export type HostFacts = {
  readonly address: string
  /** Null: not tried, because the running terminal has its link. */
  readonly reached: boolean | null
  readonly detail: string
}

/** What the host said to a sign-on, or what the running terminal says of its link. */
export type TalkFacts =
  | { readonly kind: 'notTried' }
  | { readonly kind: 'signedOn' }
  | {
      readonly kind: 'failed'
      readonly why: 'unreachable' | 'silent' | 'refused' | 'unusable' | 'keyCheck' | 'noMasterKey'
      readonly code: string
      /** The host sent something that is no message of the dialect. */
      readonly unreadable: boolean
      /** The dialect in which it does answer; null: none was tried, or none was understood. */
      readonly answersIn: string | null
    }
  | { readonly kind: 'linkUp' }
  | { readonly kind: 'linkDown'; readonly message: string }

export type CertificateFacts = {
  readonly what: 'ca' | 'client'
  readonly validFromMs: number
  readonly validToMs: number
}

export type DoctorFacts = {
  readonly nowMs: number
  /** A certificate that ends within so many days is to be replaced. */
  readonly certificateDays: number
  readonly terminal: 'stopped' | 'running' | 'silent'
  /** Why this terminal does not start any more, when it was moved or decommissioned; null: in service. */
  readonly retired: string | null
  /** Name of the owner of the data folder when it is not ours: then nothing is opened. */
  readonly otherOwner: number | null
  /** Names in the data folder that belong to another user than the folder: what root brought back, and the terminal may not open. */
  readonly foreignFiles: readonly string[]
  readonly devices: readonly DeviceFacts[]
  readonly hosts: readonly HostFacts[]
  readonly talk: TalkFacts
  readonly certificates: readonly CertificateFacts[]
  readonly keys: {
    readonly refused: { readonly by: 'deviceKey' | 'store'; readonly why: string } | null
    /** There is a file of keys, and it opened under no key of this device. */
    readonly unopened: boolean
    /** Null: not looked at. Empty: there is no master key. */
    readonly masterKeyCheck: string | null
    readonly ready: boolean | null
  }
  readonly disk: {
    readonly freeBytes: number | null
    readonly writable: boolean
    readonly reserve: 'whole' | 'missing' | 'notYet'
  }
  readonly journal:
    | { readonly kind: 'absent' }
    | { readonly kind: 'notLooked' }
    | {
        readonly kind: 'whole'
        readonly events: number
        readonly lastMs: number
        /** Whose proof its end bears; without the device key nobody can tell. */
        readonly origin: 'own' | 'another' | 'none' | 'keyMissing'
      }
    | { readonly kind: 'damaged'; readonly why: string }
    /** Whole or not there, and no terminal starts on it: it has come less far than its mark, or a newer release wrote it. */
    | {
        readonly kind: 'refused'
        readonly why: 'gone' | 'halfRestored' | 'behind' | 'another' | 'newer'
      }
  /** Whether the runtime of this release takes its snapshot, and it is as it was made; `none`: this is no release, or it has none. */
  readonly snapshot: 'none' | 'taken' | 'refused'
  /** A rule that gives names below /dev/pos is installed. */
  readonly rulesInstalled: boolean
}
