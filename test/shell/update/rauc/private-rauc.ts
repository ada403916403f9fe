/** The real RAUC on a bus of its own, with files in the place of partitions and a script in the place of a boot loader. Needs root, for loop devices. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { systemClock } from '#shell/system-clock.ts'
import { createImageInstaller } from '#shell/update/rauc/installer.ts'
import { scratch } from '../sample-bundle.ts'

export type PrivateRauc = {
  readonly environment: Readonly<Record<string, string>>
  /** A signed bundle with this image; `by` names whose key. */
  readonly bundle: (image: Buffer, by?: 'us' | 'others') => string
  readonly slot: (name: 'a' | 'b') => Buffer
  /** What the boot loader would start next. */
  readonly primary: () => string
  readonly stateOf: (bootname: 'system0' | 'system1') => string
}

const SLOT_BYTES = 1_048_576
const CONFIG = join(import.meta.dirname, '..', '..', '..', '..', 'config', 'rauc', 'system.conf')

/** Null where it cannot run: no RAUC, no bus, or no right to make loop devices. */
export function hasRauc(): boolean {
  const tools = [
    ['rauc', '--version'],
    ['dbus-daemon', '--version'],
    ['busctl', '--version'],
    ['losetup', '-f'],
  ] as const
  return tools.every(([tool, flag]) => spawnSync(tool, [flag], { stdio: 'ignore' }).status === 0)
}

export async function startRauc(): Promise<PrivateRauc> {
  const folder = scratch()
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  for (const slot of ['a', 'b']) writeFileSync(join(disk, slot), Buffer.alloc(SLOT_BYTES))
  makeKeys(folder, 'us')
  makeKeys(folder, 'others')
  const loader = join(folder, 'loader.sh')
  writeFileSync(loader, BOOT_LOADER.replaceAll('@DISK@', disk), { mode: 0o755 })
  for (const [name, text] of [
    ['primary', 'system0'],
    ['state.system0', 'bad'],
    ['state.system1', 'bad'],
  ] as const)
    writeFileSync(join(disk, name), `${text}\n`)
  writeFileSync(join(folder, 'system.conf'), shippedConfig(folder))
  const address = `unix:path=${join(folder, 'bus')}`
  writeFileSync(join(folder, 'bus.conf'), BUS.replace('@ADDRESS@', address))
  await started('dbus-daemon', [`--config-file=${folder}/bus.conf`, '--nofork', '--print-address'])
  const environment = { DBUS_SYSTEM_BUS_ADDRESS: address }
  const service = ['service', `--conf=${folder}/system.conf`, '--override-boot-slot=system0']
  await started('rauc', service, environment)
  await untilAnswering(environment)
  return {
    environment,
    bundle: (image, by = 'us') => makeBundle(folder, image, by),
    slot: (name) => readFileSync(join(disk, name)),
    primary: () => readFileSync(join(disk, 'primary'), 'utf8').trim(),
    stateOf: (bootname) => readFileSync(join(disk, `state.${bootname}`), 'utf8').trim(),
  }
}

/** The configuration that is shipped, with other places; plain bundles, because this kernel may have no dm-verity. */
function shippedConfig(folder: string): string {
  return readFileSync(CONFIG, 'utf8')
    .replace('bootloader=efi', 'bootloader=custom')
    .replace('bundle-formats=-plain', 'bundle-formats=+plain')
    .replaceAll('/dev/disk/by-partlabel/root-', `${folder}/disk/`)
    .replace('/data/rauc.status', `${folder}/rauc.status`)
    .replace('/run/rauc', `${folder}/mount`)
    .replace('/etc/rauc/release-ca.pem', `${folder}/us-ca.pem`)
    .concat(`\n[handlers]\nbootloader-custom-backend=${folder}/loader.sh\n`)
}

function makeKeys(folder: string, name: string): void {
  const openssl = (line: string): void => {
    execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' })
  }
  const key = `-newkey rsa:2048 -nodes -keyout`
  openssl(`req -x509 ${key} ${name}-ca.key -out ${name}-ca.pem -days 60 -subj /CN=${name}-ca`)
  openssl(`req ${key} ${name}.key -out ${name}.csr -subj /CN=${name}`)
  writeFileSync(
    join(folder, 'ext'),
    'keyUsage=digitalSignature\nextendedKeyUsage=emailProtection\n',
  )
  openssl(
    `x509 -req -in ${name}.csr -CA ${name}-ca.pem -CAkey ${name}-ca.key -CAcreateserial -days 60 -extfile ext -out ${name}.pem`,
  )
}

function makeBundle(folder: string, image: Buffer, by: string): string {
  const content = join(folder, `content-${by}-${image.length}`)
  mkdirSync(content)
  writeFileSync(join(content, 'rootfs.img'), image)
  writeFileSync(join(content, 'manifest.raucm'), MANIFEST)
  const into = `${content}.raucb`
  const keys = ['--cert', `${folder}/${by}.pem`, '--key', `${folder}/${by}.key`]
  execFileSync('/usr/bin/rauc', ['bundle', ...keys, content, into], { stdio: 'ignore' })
  return into
}

/** The bus says its address when it listens; RAUC says nothing. */
async function started(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...environment },
  })
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  onTestFinished(async () => {
    child.kill()
    await gone
  })
  await new Promise<void>((resolve, reject) => {
    child.once('close', () => reject(new Error(`${program} ended`)))
    createInterface({ input: child.stdout }).once('line', () => resolve())
    if (program === 'rauc') resolve()
  })
}

/** Each question takes its time; RAUC is on the bus after the first few. */
async function untilAnswering(environment: Readonly<Record<string, string>>): Promise<void> {
  const rauc = createImageInstaller({ clock: systemClock, environment })
  for (let tries = 0; tries < 200; tries += 1) if ((await rauc.slots()) !== null) return
  throw new Error('RAUC does not answer')
}

const MANIFEST = `[update]
compatible=suretill-linux
version=9.9.9

[bundle]
format=plain

[image.rootfs]
filename=rootfs.img
`

/** As a boot loader keeps it (RAUC 1.8 reference, "Custom Bootloader Backend"). */
const BOOT_LOADER = `#!/bin/sh
case $1 in
  get-primary) cat @DISK@/primary ;;
  set-primary) echo "$2" >@DISK@/primary ;;
  get-state) cat "@DISK@/state.$2" ;;
  set-state) echo "$3" >"@DISK@/state.$2" ;;
esac
`

const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>custom</type>
  <listen>@ADDRESS@</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
