/** The rules that an installation puts in place, made from the table of known devices: names below /dev/pos, a group, and no uninvited guests. */
import type { KnownDevice } from './known-devices.ts'
import { access, isPosRole, POS_NAMES, rule, subsystemOf } from './naming.ts'

const HEAD = [
  '# Names and rights of the devices of a SureTill terminal, made from config/devices/known.yaml. Do not edit: the next installation writes',
  '# it anew. Two equal devices, and what hangs behind a serial converter, need a line of their own in a later file: see `suretill devices`.',
]

/** The text of the rules file. The same table gives the same text. */
export function udevRules(table: readonly KnownDevice[]): string {
  return [
    ...HEAD,
    'ACTION=="remove", GOTO="suretill_end"',
    '',
    ...unique(table.flatMap(nodeRules)),
    '',
    '# ModemManager asks every serial port for a modem; these are none.',
    ...unique(table.map(notAModem)),
    '',
    'LABEL="suretill_end"',
    '',
  ].join('\n')
}

function notAModem({ usb }: KnownDevice): string {
  return rule([
    'SUBSYSTEM=="usb"',
    'ENV{DEVTYPE}=="usb_device"',
    ...numbers(usb, 'ATTR'),
    'ENV{ID_MM_DEVICE_IGNORE}="1"',
  ])
}

/** A name only where the number says what it is. */
function nodeRules(known: KnownDevice): readonly string[] {
  const name = isPosRole(known.is) ? POS_NAMES[known.is] : null
  switch (known.wears) {
    case 'serial':
    case 'hidPos':
      return [forNode(known, known.wears, name)]
    case 'usbPrinter':
      return [forNode(known, 'usbPrinter', name)]
    case 'any':
      return [forNode(known, 'serial', name), forNode(known, 'hidPos', name)]
    case 'keyboard':
      // Its node stays with the system: it would type codes into the screens, and no driver takes it.
      return []
  }
}

function forNode(
  { usb }: KnownDevice,
  wears: 'serial' | 'hidPos' | 'usbPrinter',
  name: string | null,
): string {
  return rule([
    `SUBSYSTEM=="${subsystemOf(wears)}"`,
    ...(wears === 'usbPrinter' ? ['KERNEL=="lp[0-9]*"'] : []),
    ...numbers(usb, 'ATTRS'),
    ...access(wears, name),
  ])
}

function numbers(usb: string, attribute: 'ATTR' | 'ATTRS'): readonly string[] {
  const [vendor = '', product = ''] = usb.split(':')
  const named = [`${attribute}{idVendor}=="${vendor}"`]
  return product === '*' ? named : [...named, `${attribute}{idProduct}=="${product}"`]
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)]
}
