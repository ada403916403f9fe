import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { acquirerSettings } from '#shell/acquirer-settings.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import { type LoadedTerminalFile, loadTerminalFile } from '#shell/config/terminal-file.ts'
import { WORKING_KEY_LAYOUTS } from '#shell/keys/working-key-layouts.ts'
import { coreSetup } from '#shell/setup.ts'
import { createAuthority } from '../../../rig/certificates.ts'

const DEMO = readFileSync('config/demo/terminal.yaml', 'utf8')

test('the values that the shipped configuration shows as defaults are the defaults', () => {
  const shown = parse(withoutRemarks(acquirerPart(DEMO))).acquirer
  const { backups, dukpt, http, payerField, pinDukpt, tls, workingKeys, ...rest } = shown
  expect(backups).toHaveLength(1)
  expect([dukpt.cipher, http.path]).toEqual(['tdes', '/mjc/webtrans/VPB_lb'])
  expect([payerField, pinDukpt.ksnField]).toEqual(['57', '57'])
  expect(tls.serverName).toBe('pos.acquirer.example')
  expect(workingKeys.parts).toEqual(WORKING_KEY_LAYOUTS['003'].parts)
  expect(acquirerOf(load(DEMO))).toEqual({ ...rest, backups: [] })
})

test('a master key of the wrong length, an odd header or an unknown setting is refused with its place', () => {
  expect(load(DEMO.replace('header: "603100311000"', 'header: "6031"'))).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('acquirer.header'),
  })
  expect(
    load(DEMO.replace('  port: 8590\n', '  port: 8590\n  plainWhenTlsFails: true\n')),
  ).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('acquirer'),
  })
})

test('the key of a PIN is named in another field than the key of its request', () => {
  const named = (ksnField: string) =>
    DEMO.replace(
      '  # dukpt: {',
      `  dukpt: { cipher: tdes, ksnField: "57" }\n  pinDukpt: { ksnField: "${ksnField}" }\n  # dukpt: {`,
    )
  expect(load(named('57'))).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('acquirer.pinDukpt.ksnField'),
  })
  expect(load(named('58'))).toMatchObject({ ok: true })
})

test('TPDU and header may be left empty', () => {
  const bare = DEMO.replace('tpdu: "6000030000"', 'tpdu: ""').replace(
    'header: "603100311000"',
    'header: ""',
  )
  expect(acquirerOf(load(bare))).toMatchObject({ tpdu: '', header: '' })
})

test('certificates are read from beside the configuration', () => {
  const folder = freshFolder()
  const bank = createAuthority(folder, 'bank')
  writeFileSync(join(folder, 'ca.pem'), bank.certificate)
  const loaded = load(withTls('{ ca: ca.pem, serverName: pos.bank.test }'), folder)
  expect(acquirerOf(loaded)).toMatchObject({ tls: { ca: bank.certificate, certificates: [] } })
})

test.each([
  ['ca', '{ ca: missing.pem, serverName: a.test }'],
  [
    'client.key',
    '{ ca: ca.pem, serverName: a.test, client: { certificate: ca.pem, key: ca.pem } }',
  ],
])(
  'a file under acquirer.tls.%s that is no use is named, and nothing of it is shown',
  (place, tls) => {
    const folder = freshFolder()
    writeFileSync(join(folder, 'ca.pem'), createAuthority(folder, 'bank').certificate)
    const loaded = load(withTls(tls), folder)
    expect(loaded).toMatchObject({
      ok: false,
      sentence: expect.stringContaining(`acquirer.tls.${place}`),
    })
    expect(JSON.stringify(loaded)).not.toContain('BEGIN')
  },
)

test("an acquirer's own lists of DE 39 go before the shipped ones, the core and the link follow them", () => {
  const own = 'responseCodes: { reversalDone: ["00"] }\n  macOnRefusal: ignored\n  mac:'
  const loaded = load(DEMO.replace('mac:', own))
  if (!loaded.ok) throw new Error(loaded.sentence)
  const shipped = loadResponseCodes('config/response-codes.yaml')
  if (shipped === null) throw new Error('no response codes')
  const { approvals, reversalDone } = coreSetup(loaded.file, shipped).host
  expect(shipped.reversalDone).toContain('25')
  expect(reversalDone).toEqual(['00'])
  expect(approvals).toEqual(shipped.approvals)
  expect(acquirerSettings(loaded.file, shipped).macCountsFor).toEqual([...approvals, '00'])
})

test.each([
  ['mac: unionpay-ecb', 'mac: sm4-cbc', 'acquirer.mac'],
  ['networkManagementCode: "003"', 'networkManagementCode: "005"\n  mac: x9.9', 'acquirer'],
  ['  mac:', '  trackEncryption: last16\n  mac:', 'acquirer.trackEncryption'],
  ['  mac:', '  dukpt: { cipher: aes, ksnField: "57" }\n  mac:', 'acquirer.mac'],
  [
    '  mac:',
    '  workingKeys: { encoding: hex, parts: [{ use: mac, bytes: 16, check: 4 }] }\n  mac:',
    'acquirer.workingKeys',
  ],
])(
  'a MAC that the keys cannot make, or keys that are not enough, are refused: %s → %s',
  (from, to, place) => {
    const yaml = DEMO.replace(from, to).replace(/^ {2}mac: unionpay-ecb.*\n(?=[^]*mac: x9.9)/m, '')
    expect(load(yaml)).toMatchObject({ ok: false, sentence: expect.stringContaining(place) })
  },
)

test('an HTTP gateway is called as the collected messages call it, and never on a line that is kept', () => {
  const short = DEMO.replace('  mac:', '  http: { path: /a }\n  mac:')
  expect(acquirerOf(load(short))).toMatchObject({
    http: { host: '', userAgent: 'Donjin Http 0.1', contentType: 'x-ISO-TPDU/x-auth' },
  })
  const long = short.replace('  mac:', '  connection: long\n  mac:')
  expect(load(long)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('acquirer.connection'),
  })
})

test('two ASCII digits cannot count a message', () => {
  const short = 'lengthHeader: { bytes: 2, encoding: ascii, countsItself: false }\n  mac:'
  expect(load(DEMO.replace('mac:', short))).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('acquirer.lengthHeader'),
  })
})

/** From `acquirer:` up to the next section. */
function acquirerPart(yaml: string): string {
  return /^acquirer:\n(?:(?: .*)?\n)*/m.exec(yaml)?.[0] ?? ''
}

/** Turns every remark that shows a setting into that setting. */
function withoutRemarks(yaml: string): string {
  return yaml.replace(/^( +)# ( *[a-zA-Z]+: )/gm, '$1$2').replace(/^ {2}# {3}/gm, '    ')
}

function withTls(tls: string): string {
  return DEMO.replace('  port: 8590\n', `  port: 8590\n  tls: ${tls}\n`)
}

function load(yaml: string, folder = freshFolder()): LoadedTerminalFile {
  writeFileSync(join(folder, 'terminal.yaml'), yaml)
  return loadTerminalFile(folder)
}

function acquirerOf(loaded: LoadedTerminalFile): unknown {
  return loaded.ok ? loaded.file.acquirer : loaded.sentence
}

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
