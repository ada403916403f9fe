/** The terminal on devices that a kernel shows it: a printer of class 7, a scanner in HID POS mode, a CDC port, a serial converter. */
import { DEVICE_IDS, type DeviceId } from '../../test/rig/bench/state.ts'
import type { Picture } from '../../test/rig/scenario/picture.ts'
import type { Guest } from './guest.ts'
import type { GuestStage } from './guest-stage.ts'
import type { Shop } from './shop.ts'
import type { Suite } from './suite.ts'
import { inputReport, plugUhid, pullUhid, tellUhid } from './uhid.ts'

/** What the technician's guide promises of a cable. */
const NOTICED_WITHIN_MS = 1000

/** In messages and in `terminal.yaml`. */
const FAULT_NAMES: Readonly<Record<DeviceId, string>> = {
  printer: 'printer',
  'pin-pad': 'pinPad',
  'card-reader': 'cardReader',
  'qr-scanner': 'qrScanner',
}

const WEARS: Readonly<Record<DeviceId, string>> = {
  printer: 'the class 7 printer',
  'pin-pad': 'the PIN pad on its CDC port',
  'card-reader': 'the card reader behind its FTDI converter',
  'qr-scanner': 'the scanner in HID POS mode',
}

const PAID: Picture = {
  screen: { page: 'result', outcome: 'approved', slips: ['printed', 'printed'] },
}

/** The shop is open before, and stays so. */
export async function playDevices(shop: Shop, suite: Suite): Promise<void> {
  const { stage } = shop
  await suite.case(
    'names',
    'the rules of the installation name all devices below /dev/pos, for the terminal alone',
    () => checkNames(stage),
  )
  await suite.case(
    'tap',
    'a tap on the reader behind the converter is paid and printed by the class 7 printer',
    async () => {
      await shop.step({ verb: 'ask', with: '5' })
      await shop.step({ verb: 'tap', with: 'debit' })
      return await paid(shop)
    },
  )
  await suite.case(
    'pin',
    'a chip with PIN is paid, the PIN keyed on the pad at its CDC port',
    async () => {
      await shop.step({ verb: 'ask', with: '1200' })
      await shop.step({ verb: 'insert', with: 'debit' })
      await shop.step({ verb: 'pin', with: '123456' })
      await shop.see({ screen: { page: 'result', outcome: 'approved' } })
      await shop.step({ verb: 'remove', with: 'card' })
      return await paid(shop)
    },
  )
  await suite.case('code', 'a payment code is paid, read in HID POS reports', async () => {
    await shop.step({ verb: 'ask', with: '7' })
    const [phone] = stage.rig.phones.shows
    await shop.step({ verb: 'show', with: phone?.id ?? '' })
    return await paid(shop)
  })
  for (const device of DEVICE_IDS)
    await suite.case(
      `pull-${device}`,
      `the cable of ${WEARS[device]} is pulled and put back: shown, and well again without a restart`,
      () => pullAndPlug(shop, device),
    )
  await suite.case(
    'uhid',
    'a scanner out of nothing (uhid) is found in the place of the other one, and its code is paid',
    () => scanFromUhid(shop),
  )
  await suite.case(
    'after',
    'after all cables were pulled and put back the next sale is paid and printed',
    async () => {
      await shop.step({ verb: 'ask', with: '3' })
      await shop.step({ verb: 'tap', with: 'debit' })
      return await paid(shop)
    },
  )
  await suite.case(
    'usb',
    'around usblp, by the package usb: the same printer prints, its cable pulled and put back',
    async () => {
      const off = await stage.reach('escpos-usb', checkModemLines)
      if (off !== null) throw new Error(`the terminal did not start: ${off}`)
      await shop.signIn()
      const pulled = await pullAndPlug(shop, 'printer')
      await shop.step({ verb: 'ask', with: '4' })
      await shop.step({ verb: 'tap', with: 'debit' })
      return { ...pulled, ...(await paid(shop)) }
    },
  )
}

/** Sees both slips out of the printer, and leaves for the next customer. */
async function paid(shop: Shop): Promise<Readonly<Record<string, number>>> {
  const ms = await shop.see(PAID)
  const { printer } = shop.stage.rig
  const [merchants, customers] = printer.papers().slice(-2)
  await shop.home()
  if (merchants?.cut !== true || customers?.cut !== true) throw new Error('no two slips were cut')
  return { 'paid and printed after': ms }
}

async function pullAndPlug(
  shop: Shop,
  device: DeviceId,
): Promise<Readonly<Record<string, number>>> {
  const { stage } = shop
  const guest = stage.terminal.guest()
  const before = await processOf(stage)
  const waitedBefore = guest.keptWaitingMs()
  const began = performance.now()
  const gone = shop.see({ strip: { withFaults: [`${FAULT_NAMES[device]}.gone`] } })
  await stage.pull(device)
  await gone
  const noticed = Math.round(performance.now() - began)
  const kept = guest.keptWaitingMs() - waitedBefore
  const back = performance.now()
  await stage.plug(device)
  const told = performance.now()
  await shop.see({ strip: { faults: [] } })
  const well = Math.round(performance.now() - told)
  if ((await processOf(stage)) !== before) throw new Error('the terminal was started again')
  const measured = {
    'shown after': noticed,
    'of it kept from the processor': kept,
    'plugged in within': Math.round(told - back),
    'well after': well,
  }
  // On a busy machine the emulator stands still for a while; the terminal cannot be blamed for that.
  if (noticed - kept > NOTICED_WITHIN_MS)
    throw new Error(`shown only after ${noticed} ms, of which ${kept} ms without a processor`)
  return measured
}

function processOf(stage: GuestStage): Promise<string> {
  return stage.terminal.guest().must(`ps -o pid,user | awk '$2 == "suretill" { print $1 }'`)
}

async function checkNames(stage: GuestStage): Promise<Readonly<Record<string, number>>> {
  const guest = stage.terminal.guest()
  for (const device of DEVICE_IDS) {
    const told = await guest.must(`stat -L -c '%F %G %a' /dev/pos/${device}`)
    if (told.trim() !== 'character special file pos 660')
      throw new Error(`/dev/pos/${device}: ${told.trim()}`)
  }
  if ((await processOf(stage)) === '') throw new Error('the terminal does not run as its own user')
  return { 'booted in': guest.bootMs }
}

const SCANNER = { vendor: 0x0c2e, product: 0x0b6a }

async function scanFromUhid(shop: Shop): Promise<Readonly<Record<string, number>>> {
  const { stage } = shop
  const guest = stage.terminal.guest()
  await stage.pull('qr-scanner')
  await shop.see({ strip: { withFaults: ['qrScanner.gone'] } })
  await plugUhid(guest, SCANNER.vendor, SCANNER.product)
  const began = performance.now()
  await shop.see({ strip: { faults: [] } })
  const well = Math.round(performance.now() - began)
  await shop.step({ verb: 'ask', with: '6' })
  const [phone] = stage.rig.phones.shows
  stage.rig.phones.open('left', phone?.id ?? '')
  const code = stage.rig.phones.holdUp('left')
  const report = Buffer.alloc(64)
  report.set([0x02, code.length])
  report.write(`]Q1${code}`, 2, 'latin1')
  await tellUhid(guest, inputReport(report))
  const measured = await paid(shop)
  await pullUhid(guest)
  await shop.see({ strip: { withFaults: ['qrScanner.gone'] } })
  await stage.plug('qr-scanner')
  await shop.see({ strip: { faults: [] } })
  return { 'well after': well, ...measured }
}

/** While nobody holds the port: DTR and RTS can be raised, and what the other side raises can be read. */
async function checkModemLines(guest: Guest): Promise<void> {
  const library = '/usr/local/lib/suretill/node_modules'
  const told = await guest.must(`${library}/node/bin/node -e "
const { autoDetect } = require('${library}/@serialport/bindings-cpp')
autoDetect().open({ path: '/dev/pos/card-reader', baudRate: 115200 }).then(async (port) => {
  await port.set({ dtr: true, rts: true })
  console.log(JSON.stringify(await port.get()))
  await port.close()
})"`)
  if (!told.includes('"cts":true')) throw new Error(`modem lines of the converter: ${told.trim()}`)
}
