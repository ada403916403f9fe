/** The machine as QEMU is told of it: one emulated processor, disks, lines to the host, a network of two, and what a test adds. */
import { join } from 'node:path'
import type { Base } from './base.ts'

const MEMORY_MEGABYTES = 1024
/** Room for translated instructions; when it is full all of them are translated again. */
const TRANSLATED_MEGABYTES = 512
/** A socket of the host within an argument: `{line:NAME}`. */
const LINE = /\{line:([a-z0-9-]+)\}/g

type GuestDisk = {
  readonly file: string
  /** Where the guest mounts it when it boots; null: not at all. */
  readonly place: string | null
  readonly readOnly: boolean
}

export type GuestOptions = {
  readonly base: Base
  readonly disks?: readonly GuestDisk[]
  /** Names of lines between guest and host: `/dev/virtio-ports/NAME` there, `line(NAME)` here. */
  readonly lines?: readonly string[]
  /** TCP ports of the guest's network address, and where they are reached on 127.0.0.1 of the host. */
  readonly ports?: readonly { readonly host: number; readonly guest: number }[]
  /** Further arguments of QEMU, such as USB devices. `{line:NAME}` stands for a socket whose other end is `line(NAME)`. */
  readonly arguments?: readonly string[]
  /** A file that `save` wrote: goes on from there and does not boot. */
  readonly resume?: string
}

/** Lines that are named within the further arguments only. */
export function linesOf({ arguments: others = [] }: GuestOptions): readonly string[] {
  return others.flatMap((one) => [...one.matchAll(LINE)].map(([, name = '']) => name))
}

/** `folder` holds the sockets of the lines, by their names, and takes the kernel's words as `console`. */
export function qemuArguments(options: GuestOptions, folder: string): readonly string[] {
  const { base, disks = [], lines = [], ports = [], arguments: others = [], resume } = options
  const drives = [{ file: base.root, readOnly: true }, ...disks]
  const socket = (name: string): string => `socket,id=${name},path=${join(folder, name)}`
  const forwards = ports.map(
    (port) => `,hostfwd=tcp:127.0.0.1:${port.host}-10.0.2.15:${port.guest}`,
  )
  const named: readonly (readonly [string, string])[] = [
    ['-display', 'none'],
    ['-machine', 'q35'],
    ['-smp', '1'],
    ['-accel', `tcg,thread=single,tb-size=${TRANSLATED_MEGABYTES}`],
    ['-m', String(MEMORY_MEGABYTES)],
    ['-kernel', base.kernel],
    ['-initrd', base.initramfs],
    ['-append', kernelWords(options)],
    ['-serial', `file:${join(folder, 'console')}`],
    ['-device', 'virtio-rng-pci'],
    ['-netdev', `user,id=net${forwards.join('')}`],
    ['-device', 'virtio-net-pci,netdev=net,romfile='],
    ['-chardev', socket('qmp')],
    ['-mon', 'chardev=qmp,mode=control'],
    ['-device', 'virtio-serial-pci'],
  ]
  return [
    ...['-nodefaults', '-no-user-config', '-no-reboot'].concat(named.flat()),
    ...drives.flatMap(({ file, readOnly }, index) => [
      '-drive',
      `if=none,id=disk${index},format=raw,file=${file},read-only=${readOnly ? 'on' : 'off'}`,
      '-device',
      `virtio-blk-pci,drive=disk${index}`,
    ]),
    ...['agent', ...lines].flatMap((name) => [
      '-chardev',
      socket(name),
      '-device',
      `virtserialport,chardev=${name},name=${name},id=port-${name}`,
    ]),
    ...(resume === undefined ? [] : ['-incoming', `exec:cat '${resume}'`]),
    ...others.map((one) => one.replaceAll(LINE, (_, name: string) => socket(name))),
  ]
}

function kernelWords({ disks = [] }: GuestOptions): string {
  const mounts = disks.flatMap(({ place, readOnly }, index) => {
    const disk = `vd${'bcdefgh'.charAt(index)}`
    return place === null ? [] : [`${disk}:${place}:${readOnly ? 'ro' : 'rw'}`]
  })
  const words = ['console=ttyS0', 'quiet', 'panic=-1', 'mitigations=off', 'random.trust_cpu=on']
  // The kernel counts ticks to see whether its timer is there, and panics when a busy host keeps the emulator waiting meanwhile.
  return [...words, 'no_timer_check', 'net.ifnames=0', `rig.mounts=${mounts.join(',')}`].join(' ')
}
