/** `suretill support-bundle`: what support needs to see of a terminal, in one file that only the vendor can open. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { arch, freemem, release, totalmem, uptime } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { type Command, CommanderError, Option } from 'commander'
import { openLetter, readPrivateKey, readPublicKey, sealLetter } from '#shell/care/sealed-letter.ts'
import { readDocument, writeDocument } from '#shell/care/support-document.ts'
import { loadTechnicianWords, type TechnicianLocale } from '#shell/devices/technician-words.ts'
import { readVisits } from '#shell/doctor/history.ts'
import { askLiveStatus } from '#shell/doctor/live-status.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { type DoctorIo, examine, tellReport } from '../doctor/doctor-examine.ts'
import { doctorText, historyText } from '../doctor/doctor-text.ts'
import { refuse } from '../journal/journal-io.ts'

/** Beside terminal.yaml; the vendor's public half, which may be known to everybody. */
const KEY_FILE = 'support-key.pem'
/** A log of 2 MB twice and a long history stay far below it. */
const LETTER_BYTES_LIMIT = 64 * 1024 * 1024

type MakeFlags = {
  readonly config: string
  readonly data: string
  readonly to: string
  readonly key?: string
  readonly lang: TechnicianLocale
  readonly offline?: true
}

type OpenFlags = { readonly privateKey: string; readonly into: string }

/** Exit codes: 0 made or opened, 1 the file is not for this key or damaged, 2 wrong usage or nothing usable there. */
export function registerSupportBundle(program: Command, io: DoctorIo): void {
  const bundle = program
    .command('support-bundle')
    .description('log, faults, configuration and figures for support, sealed for the vendor alone')
  bundle
    .command('make', { isDefault: true })
    .description('write the file; the doctor is run for it')
    .requiredOption('--config <folder>', 'folder with terminal.yaml')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .requiredOption('--to <file>', 'the file to be made')
    .option(
      '--key <file>',
      `public key of the vendor as PEM; ${KEY_FILE} beside terminal.yaml when left out`,
    )
    .option('--offline', 'do not call the acquirer')
    .addOption(new Option('--lang <language>', 'words').choices(['zh-CN', 'en']).default(io.locale))
    .action((flags: MakeFlags) => make(io, flags))
  bundle
    .command('open')
    .description('for the vendor: the parts of such a file as files of a folder')
    .argument('<file>', 'the file that a terminal made')
    .requiredOption('--private-key <file>', 'private key of the vendor as PEM')
    .requiredOption('--into <folder>', 'a folder; made when it is not there')
    .action((file: string, flags: OpenFlags) => open(io, file, flags))
}

async function make(io: DoctorIo, flags: MakeFlags): Promise<void> {
  const keyFile = flags.key ?? join(flags.config, KEY_FILE)
  const key = readPublicKey(read(io, keyFile, 'Name the public key of the vendor with --key.'))
  if (!key.ok) return refuse(io, `${keyFile} cannot be used: ${key.why}. Nothing was written.`)
  const data = resolve(flags.data)
  const words = loadTechnicianWords(io.sharedConfig, flags.lang)
  const before = readVisits(data, createDisk())
  const report = await examine(io, flags, before)
  const document = writeDocument({
    configText: textOf(join(flags.config, 'terminal.yaml')),
    data,
    doctor: doctorText(tellReport(report, words, { config: resolve(flags.config), data }), words),
    history: historyText(before, words),
    faults: await askLiveStatus(data),
    machine: machine(),
    nowMs: io.clock.wallMs(),
  })
  const letter = sealLetter(Buffer.from(JSON.stringify(document)), key.key)
  writeFileSync(flags.to, letter, { mode: 0o600 })
  io.out(
    `${flags.to}: ${letter.length} bytes, ${Object.keys(document.files).join(', ')}. Only the vendor can open it. No card data, no keys.`,
  )
}

function open(io: DoctorIo, file: string, { into, privateKey }: OpenFlags): void {
  const key = readPrivateKey(read(io, privateKey, 'Nothing was opened.'))
  if (!key.ok) return refuse(io, `${privateKey} cannot be used: ${key.why}. Nothing was opened.`)
  const size = statSync(file, { throwIfNoEntry: false })?.size
  if (size === undefined || size > LETTER_BYTES_LIMIT)
    return refuse(io, `${file} is not there, or larger than any support bundle.`)
  const opened = openLetter(Uint8Array.from(readFileSync(file)), key.key)
  if (!opened.ok) {
    io.err(
      opened.why === 'notALetter'
        ? `${file} is no support bundle.`
        : `${file} does not open: it was sealed for another key, or it is damaged.`,
    )
    throw new CommanderError(1, 'suretill.support', '')
  }
  const document = readDocument(opened.content)
  if (document === null) return refuse(io, `${file} holds no document of this program.`)
  mkdirSync(into, { recursive: true, mode: 0o700 })
  for (const [name, text] of Object.entries(document.files))
    writeFileSync(join(into, name), text, { mode: 0o600 })
  io.out(`${document.at}: ${Object.keys(document.files).length} files in ${into}.`)
}

function read(io: DoctorIo, file: string, hint: string): string {
  if (!existsSync(file)) return refuse(io, `There is no ${file}. ${hint}`)
  return readFileSync(file, 'utf8')
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function machine(): Readonly<Record<string, string | number>> {
  return {
    node: process.version,
    kernel: release(),
    processor: arch(),
    memoryFreeBytes: freemem(),
    memoryBytes: totalmem(),
    upSeconds: Math.floor(uptime()),
  }
}
