/** What a technician's `make install` leaves on a machine, and what `make uninstall` takes away again. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { install, uninstall } from '../../../scripts/install/install.ts'
import { plan } from '../../../scripts/install/plan.ts'

const SYSTEMD_ANALYZE = join('/usr/bin', 'systemd-analyze')
const PREFIX = '/usr/local'
/** Many small files on a busy machine. */
const REMOVAL_MS = 60_000

function staging(): string {
  const folder = mkdtempSync(join(tmpdir(), 'install-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }), REMOVAL_MS)
  return folder
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

test('the installed program runs from its new place, and uninstalling leaves nothing but data', () => {
  const destdir = staging()
  const kept = ['etc/suretill/terminal.yaml', 'var/lib/suretill/journal.db']
  for (const file of kept) {
    mkdirSync(join(destdir, file, '..'), { recursive: true })
    writeFileSync(join(destdir, file), 'mine')
  }
  const count = install(plan(PREFIX), { destdir, prefix: PREFIX })
  const installed = filesOf(destdir)
  expect(installed).toHaveLength(count + kept.length)
  expect(installed).toEqual(
    expect.arrayContaining([
      'usr/local/bin/suretill',
      'usr/local/lib/suretill/build/web/index.html',
      'usr/local/lib/suretill/program/start.cjs',
      'usr/local/lib/modules-load.d/suretill.conf',
      'usr/local/lib/systemd/system/suretill.service',
      'usr/local/lib/sysusers.d/suretill.conf',
      'usr/local/lib/udev/rules.d/70-suretill.rules',
    ]),
  )
  expect(
    installed.filter((file) =>
      /lib\/suretill\/(test|scripts)\/|node_modules\/(vitest|typescript|lucide)\//.test(file),
    ),
  ).toEqual([])
  const library = join(destdir, PREFIX, 'lib/suretill')
  const answer = execFileSync(
    join(library, 'node_modules/node/bin/node'),
    [
      '--disable-sigusr1',
      '--report-exclude-env',
      join(library, 'program/start.cjs'),
      'qr',
      'classify',
      '135112298638468293',
    ],
    { encoding: 'utf8', cwd: destdir },
  )
  expect(JSON.parse(answer)).toMatchObject({ asCustomerCode: 'accept' })

  expect(uninstall({ destdir, prefix: PREFIX })).toBe(count)
  expect(filesOf(destdir)).toEqual(kept)
  expect(readdirSync(join(destdir, PREFIX))).toEqual([])
  expect(readFileSync(join(destdir, kept[0] ?? ''), 'utf8')).toBe('mine')
}, 120_000)

test('installing again takes away what the release before had and this one has not', () => {
  const destdir = staging()
  const old = {
    kind: 'write',
    text: 'old',
    to: '/usr/local/lib/suretill/old.ts',
    executable: false,
  } as const
  const fresh = {
    kind: 'write',
    text: 'new',
    to: '/usr/local/bin/suretill',
    executable: true,
  } as const
  install([old], { destdir, prefix: PREFIX })
  install([fresh], { destdir, prefix: PREFIX })
  expect(filesOf(destdir)).toEqual([
    'usr/local/bin/suretill',
    'usr/local/lib/suretill/installed.txt',
  ])
  expect(statSync(join(destdir, 'usr/local/bin/suretill')).mode & 0o777).toBe(0o755)
})

test('a file of somebody else in our folder stays, and so does the folder', () => {
  const destdir = staging()
  install([], { destdir, prefix: PREFIX })
  writeFileSync(join(destdir, PREFIX, 'lib/suretill/notes.txt'), 'mine')
  uninstall({ destdir, prefix: PREFIX })
  expect(filesOf(destdir)).toEqual(['usr/local/lib/suretill/notes.txt'])
})

test('the launcher opens no debugger on a signal', () => {
  const all = plan(PREFIX)
  expect(all.find(({ to }) => to === '/usr/local/bin/suretill')).toMatchObject({
    executable: true,
    text: expect.stringContaining('. "$here/config/launch.sh"'),
  })
  const script = all.find(({ to }) => to === '/usr/local/lib/suretill/config/launch.sh')
  const text = script?.kind === 'copy' ? readFileSync(script.from, 'utf8') : ''
  const started = text.split('\n').filter((line) => /(exec|&&) "\$node" /.test(line))
  expect(started.length).toBeGreaterThan(2)
  expect(started.filter((line) => !line.includes('"$node" $flags '))).toEqual([])
  expect(/^flags=.*--disable-sigusr1/m.test(text)).toBe(true)
})

test('the rules name known devices, keep ModemManager away, and udev can read every line', () => {
  const rules = plan(PREFIX).find(
    ({ to }) => to === '/usr/local/lib/udev/rules.d/70-suretill.rules',
  )
  const text = rules?.kind === 'write' ? rules.text : ''
  expect(text).toContain(
    'SUBSYSTEM=="tty", ATTRS{idVendor}=="1eab", ATTRS{idProduct}=="0106", SYMLINK+="pos/qr-scanner", GROUP="pos"',
  )
  expect(text).toContain(
    'ATTR{idVendor}=="1a86", ATTR{idProduct}=="7523", ENV{ID_MM_DEVICE_IGNORE}="1"',
  )
  // A converter gets rights and no name: what hangs behind it is not known.
  expect(text).toMatch(/ATTRS\{idVendor\}=="0403", ATTRS\{idProduct\}=="6001", GROUP="pos"/)
  const line =
    /^(#.*|ACTION=="remove", GOTO="suretill_end"|LABEL="suretill_end"|([A-Z]+(\{\w+\})?(==|\+=|=)"[^"]*"(, )?)+|)$/
  expect(text.split('\n').filter((one) => !line.test(one))).toEqual([])
})

test('systemd finds nothing wrong with the unit, and it is shut in', () => {
  const unit = plan(PREFIX).find(
    ({ to }) => to === '/usr/local/lib/systemd/system/suretill.service',
  )
  const text = unit?.kind === 'write' ? unit.text : ''
  for (const wanted of [
    'Type=notify',
    'NotifyAccess=all',
    'WatchdogSec=20',
    'LimitCORE=0',
    'ProtectSystem=strict',
    'CapabilityBoundingSet=\n',
    'DevicePolicy=closed',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  ])
    expect(text).toContain(wanted)
  // Either would keep the terminal from its devices or its engine from running.
  expect(text).not.toMatch(/^(PrivateDevices|MemoryDenyWriteExecute)=/m)
  const { complaints, exposure } = judgedBySystemd(text)
  expect(complaints).toBe('')
  expect(exposure).toBeLessThanOrEqual(2.5)
})

/** Nothing to say where systemd's own judge is not installed; the text above is checked all the same. */
function judgedBySystemd(text: string): { complaints: string; exposure: number } {
  if (spawnSync(SYSTEMD_ANALYZE, ['--version']).status !== 0) return { complaints: '', exposure: 0 }
  const file = join(staging(), 'suretill.service')
  writeFileSync(file, text.replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true'))
  const verified = spawnSync(SYSTEMD_ANALYZE, ['verify', '--man=no', file], { encoding: 'utf8' })
  const security = spawnSync(SYSTEMD_ANALYZE, ['security', '--offline=true', '--no-pager', file], {
    encoding: 'utf8',
  })
  const exposure = /Overall exposure level for \S+: ([0-9.]+)/.exec(security.stdout)?.[1]
  const ours = verified.stderr.split('\n').filter((line) => line.includes('suretill'))
  return { complaints: ours.join('\n'), exposure: Number(exposure ?? Number.NaN) }
}
