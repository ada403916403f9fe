/** Which driver on which link for each model of the configuration: the other half of the composition root. It decides nothing. */
import type { Clock } from '#core/ports/clock.ts'
import type { PrinterPort } from '#core/ports/printer.ts'
import type { QrScannerPort } from '#core/ports/qr-scanner.ts'
import { createNeo2Reader } from '#drivers/card-reader/neo2/driver.ts'
import { neo2ReportLink } from '#drivers/card-reader/neo2/report-link.ts'
import { createVisa2PinPad } from '#drivers/pin-pad/visa2/driver.ts'
import { createEscposPrinter } from '#drivers/printer/escpos/driver.ts'
import { createHidPosScanner } from '#drivers/qr-scanner/hid-pos/driver.ts'
import { USAGE_PAGE_SCANNER } from '#drivers/qr-scanner/hid-pos/report.ts'
import { createSerialScanner } from '#drivers/qr-scanner/serial/driver.ts'
import { createSsiScanner } from '#drivers/qr-scanner/ssi/driver.ts'
import type { ByteLink } from '#drivers/transport/byte-link.ts'
import { fileLink } from '#drivers/transport/file-link.ts'
import { nodeHid } from '#drivers/transport/hid-access.ts'
import { type HidMatch, hidLink } from '#drivers/transport/hid-link.ts'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { tcpLink } from '#drivers/transport/tcp-link.ts'
import { nodeUsb } from '#drivers/transport/usb-access.ts'
import { usbPrinterLink } from '#drivers/transport/usb-printer-link.ts'
import type { RunParts } from './cli/run/parts.ts'
import type { DevicesSection } from './shell/config/sections/devices.ts'

/** Opens nothing yet: each device opens its port when it is started. */
export const openDevices: RunParts['openDevices'] = (file, { clock, arena }) => {
  return {
    cardReader: createNeo2Reader({ link: readerLink(file.cardReader, clock), clock, arena }),
    pinPad: createVisa2PinPad({ link: serialLink({ ...file.pinPad, clock }), clock, arena }),
    printer: printerOf(file.printer, clock),
    qrScanner: qrScanner(file.qrScanner, clock),
  }
}

function readerLink(reader: DevicesSection['cardReader'], clock: Clock): ByteLink {
  switch (reader.model) {
    case 'neo2':
      return serialLink({ ...reader, clock })
    case 'neo2-hid':
      return neo2ReportLink(hidLink({ access: nodeHid(), match: usbMatch(reader), clock }))
  }
}

function printerOf(printer: DevicesSection['printer'], clock: Clock): PrinterPort {
  const { columns } = printer
  const profile = { columns, dots: columns * 12, images: 'generic', cutter: true } as const
  switch (printer.model) {
    case 'escpos-serial':
      return createEscposPrinter({ link: serialLink({ ...printer, clock }), clock, profile })
    case 'escpos-usblp':
      return createEscposPrinter({ link: fileLink({ ...printer, clock }), clock, profile })
    case 'escpos-tcp':
      return createEscposPrinter({ link: tcpLink({ ...printer, clock }), clock, profile })
    case 'escpos-usb': {
      const link = usbPrinterLink({ access: nodeUsb(), match: usbMatch(printer), clock })
      return createEscposPrinter({ link, clock, profile, paperAtPort: () => link.paper() })
    }
  }
}

function qrScanner(scanner: DevicesSection['qrScanner'], clock: Clock): QrScannerPort {
  switch (scanner.model) {
    case 'serial':
      return createSerialScanner({ link: serialLink({ ...scanner, clock }), clock, ...scanner })
    case 'ssi':
      return createSsiScanner({ link: serialLink({ ...scanner, clock }), clock })
    case 'hid-pos': {
      const match = { ...usbMatch(scanner), usagePage: USAGE_PAGE_SCANNER }
      const link = hidLink({ access: nodeHid(), match, clock })
      return createHidPosScanner({ link, clock, trigger: scanner.trigger })
    }
  }
}

function usbMatch(device: { vendor: number; product: number; serial?: string }): HidMatch {
  return { vendorId: device.vendor, productId: device.product, serialNumber: device.serial }
}
