/** A machine in a temporary folder: /sys, /dev and /proc as the kernel would lay them out for what is plugged in. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

type FakeUsb = {
  readonly port: string
  readonly vendor: string
  readonly product: string
  readonly serial?: string
  readonly productName?: string
  readonly interfaceClass?: string
}

export type FakeTree = {
  readonly root: string
  readonly usb: (device: FakeUsb) => string
  readonly serial: (tty: string, device: FakeUsb, driver: string) => void
  /** `type` 0: the kernel keeps the name, and there is no such chip. */
  readonly soldered: (tty: string, type: string) => void
  readonly hid: (hidraw: string, device: FakeUsb, descriptor: readonly number[]) => void
  readonly keyboard: (event: string, device: FakeUsb) => void
  readonly usbPrinter: (lp: string, device: FakeUsb) => void
  readonly name: (link: string, node: string) => void
  readonly rules: (path: string, text: string) => void
  readonly process: (pid: number, program: string, open: readonly string[]) => void
}

export function fakeTree(): FakeTree {
  const root = mkdtempSync(join(tmpdir(), 'tree-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const at = (path: string): string => join(root, path)
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), content)
  }
  const link = (path: string, target: string): void => {
    mkdirSync(dirname(at(path)), { recursive: true })
    symlinkSync(target, at(path))
  }
  const usb = (device: FakeUsb): string => {
    const folder = `sys/devices/pci0000:00/usb1/${device.port}`
    write(`${folder}/idVendor`, `${device.vendor}\n`)
    write(`${folder}/idProduct`, `${device.product}\n`)
    write(`${folder}/bDeviceClass`, '00\n')
    if (device.serial !== undefined) write(`${folder}/serial`, `${device.serial}\n`)
    if (device.productName !== undefined) write(`${folder}/product`, `${device.productName}\n`)
    const face = `${folder}/${device.port}:1.0`
    write(`${face}/bInterfaceClass`, `${device.interfaceClass ?? 'ff'}\n`)
    link(`sys/bus/usb/devices/${device.port}`, `../../../devices/pci0000:00/usb1/${device.port}`)
    return face
  }
  const inClass = (name: string, device: string): void => {
    const up = '../'.repeat(2)
    mkdirSync(at(`${device}/node`), { recursive: true })
    link(`${device}/node/device`, '..')
    link(name, `${up}${device.slice('sys/'.length)}/node`)
  }
  mkdirSync(at('sys/class'), { recursive: true })
  return {
    root,
    usb,
    serial: (tty, device, driver) => {
      const face = usb(device)
      link(`${face}/driver`, `../../../../bus/drivers/${driver}`)
      inClass(`sys/class/tty/${tty}`, face)
      write(`dev/${tty}`, '')
    },
    soldered: (tty, type) => {
      const port = `sys/devices/platform/serial8250/${tty}`
      write(`${port}/uevent`, '')
      inClass(`sys/class/tty/${tty}`, port)
      write(`${port}/node/type`, `${type}\n`)
    },
    hid: (hidraw, device, descriptor) => {
      const hid = `${usb(device)}/0003:0001`
      write(`${hid}/report_descriptor`, Uint8Array.from(descriptor))
      inClass(`sys/class/hidraw/${hidraw}`, hid)
    },
    keyboard: (event, device) => {
      const input = `${usb(device)}/input/input5`
      write(
        `${input}/capabilities/key`,
        '1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\n',
      )
      inClass(`sys/class/input/${event}`, input)
    },
    usbPrinter: (lp, device) => {
      const face = usb(device)
      link(`${face}/driver`, '../../../../bus/drivers/usblp')
      inClass(`sys/class/usbmisc/${lp}`, face)
    },
    name: (path, node) => link(path.slice(1), node),
    rules: (path, text) => write(path.slice(1), text),
    process: (pid, program, open) => {
      write(`proc/${pid}/comm`, `${program}\n`)
      mkdirSync(at(`proc/${pid}/fd`), { recursive: true })
      open.forEach((node, index) => link(`proc/${pid}/fd/${index + 3}`, node))
    },
  }
}
