/** One examination by the doctor, for every command that needs its report: what was found, and what earlier runs found. */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Dialect } from '#iso8583/dialect.ts'
import { acquirerSettings } from '#shell/acquirer-settings.ts'
import { readBook } from '#shell/care/maintenance.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import { loadTerminalFile } from '#shell/config/terminal-file.ts'
import { loadKnownDevices } from '#shell/devices/known-devices.ts'
import type { TechnicianLocale, TechnicianWords } from '#shell/devices/technician-words.ts'
import { type Finding, finding, isTrouble } from '#shell/doctor/finding.ts'
import { type GatherParts, gather } from '#shell/doctor/gather.ts'
import { keepVisit, type Visit } from '#shell/doctor/history.ts'
import { judge } from '#shell/doctor/judge.ts'
import { judgeHistory } from '#shell/doctor/judge-history.ts'
import { type Replacement, withoutReplaced } from '#shell/doctor/replaced.ts'
import { standingOf } from '#shell/doctor/standing.ts'
import { type Places as Named, type ToldFinding, tell } from '#shell/doctor/tell.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { configurationFinding } from './configuration-finding.ts'

export type DoctorIo = Pick<
  GatherParts,
  'clock' | 'random' | 'tree' | 'pid' | 'uid' | 'openDevices' | 'probe' | 'freeBytes' | 'snapshot'
> & {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Shipped data: dialects, device table, words. */
  readonly sharedConfig: string
  readonly locale: TechnicianLocale
}

type Places = {
  readonly config: string
  readonly data: string
  readonly offline?: true
  readonly tryDialects?: true
}

/** One run, or what is kept of an earlier one. */
export type Report = {
  readonly atMs: number
  readonly findings: readonly Finding[]
  /** The runs before it, oldest first. */
  readonly before: readonly Visit[]
}

/** Keeps the run in the data folder, unless the folder belongs to another user. Never rejects for what the world can cause. */
export async function examine(
  io: DoctorIo,
  flags: Places,
  before: readonly Visit[],
): Promise<Report> {
  const atMs = io.clock.wallMs()
  const only = (found: Finding): Report => ({ atMs, findings: [found], before })
  const damaged = (why: string): Report =>
    only(finding('configuration', 'bad', 'configuration.damaged', { why }))
  const loaded = loadTerminalFile(flags.config)
  if (!loaded.ok) return only(configurationFinding(loaded.trouble))
  const { file } = loaded
  const dialect = loadDialect(file.acquirer.dialect, join(io.sharedConfig, 'dialects'))
  if (!dialect.ok)
    return only(
      finding('configuration', 'bad', 'configuration.dialect', {
        name: file.acquirer.dialect,
        problem: dialect.problem,
      }),
    )
  const codes = loadResponseCodes(join(io.sharedConfig, 'response-codes.yaml'))
  if (codes === null) return damaged('response-codes.yaml')
  const table = loadKnownDevices(join(io.sharedConfig, 'devices', 'known.yaml'))
  if (!table.ok) return damaged('devices/known.yaml')
  const data = resolve(flags.data)
  const facts = await gather({
    ...io,
    file,
    settings: acquirerSettings(file, codes),
    dialect: dialect.dialect,
    table: table.devices,
    data,
    mayAskHost: flags.offline !== true,
    otherDialects:
      flags.tryDialects === true ? otherDialects(io.sharedConfig, dialect.dialect.name) : [],
  })
  const findings = [finding('configuration', 'good', 'configuration.valid'), ...judge(facts)]
  // Files of another user are left alone, this one too.
  if (facts.otherOwner === null)
    keepVisit(data, createDisk(), {
      before,
      visit: { atMs, findings: findings.filter(isTrouble) },
    })
  return { atMs, findings, before }
}

/** The report in words, with what earlier runs add to it. */
export function tellReport(
  { atMs, before, findings }: Report,
  words: TechnicianWords,
  places: Named,
): readonly ToldFinding[] {
  const earlier = withoutReplaced(before, replacements(places.data))
  const visit = { atMs, findings: findings.filter(isTrouble) }
  return [...findings, ...judgeHistory(visit, earlier)].map((found) =>
    tell(found, words, isTrouble(found) ? standingOf(visit, found, earlier) : null, places),
  )
}

/** None when the book cannot be read: `suretill maintenance` says so. */
function replacements(data: string): readonly Replacement[] {
  try {
    const book = readBook(data, createDisk())
    if (!book.ok) return []
    return book.entries
      .filter(({ did }) => did === 'replaced')
      .map(({ at, part }) => ({ part, atMs: Date.parse(at) }))
  } catch {
    // A disk that cannot be read has a line of its own.
    return []
  }
}

/** Those that are shipped, without the one that is set. */
function otherDialects(sharedConfig: string, own: string): readonly Dialect[] {
  const folder = join(sharedConfig, 'dialects')
  return (
    readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.slice(0, -'.yaml'.length))
      .filter((name) => name !== own)
      // A dialect before its variants, which carry its name in front: a sign-on does not tell them apart.
      .sort()
      .flatMap((name) => {
        const loaded = loadDialect(name, folder)
        return loaded.ok ? [loaded.dialect] : []
      })
  )
}
