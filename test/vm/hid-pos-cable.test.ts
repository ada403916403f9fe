import { describe, expect, test } from 'vitest'
import type { Pty } from '../rig/sim/pty.ts'
import { openHidPosCable } from '../rig/sim/qr-scanner/hid-pos-cable.ts'

/** A cable for whole reports: what was sent, and what the terminal says. */
function reportCable(): Pty & { readonly sent: Buffer[]; say(bytes: Uint8Array): void } {
  const listeners: ((bytes: Uint8Array) => void)[] = []
  const sent: Buffer[] = []
  return {
    path: 'reports',
    plugged: true,
    sent,
    say: (bytes) => {
      for (const listener of listeners) listener(bytes)
    },
    onBytes: (listener) => void listeners.push(listener),
    write: (bytes) => void sent.push(Buffer.from(bytes)),
    plug: () => undefined,
    unplug: () => undefined,
    stop: () => undefined,
  }
}

const command = (text: string): Buffer => {
  const report = Buffer.alloc(64)
  report[0] = 0xfd
  report[1] = text.length
  report.write(text, 2, 'latin1')
  return report
}

describe('the cable of a scanner in HID POS mode', () => {
  test('a code of 60 characters comes in two reports, the first one flagged', () => {
    const reports = reportCable()
    openHidPosCable(reports, '\r').write(Buffer.from(`]Q1${'7'.repeat(60)}\r`))
    expect(reports.sent.map((report) => [report[0], report[1], report[63]])).toEqual([
      [2, 56, 1],
      [2, 4, 0],
    ])
    expect(reports.sent[0]?.toString('latin1', 2, 5)).toBe(']Q1')
  })

  test('two codes seen at once are two reports', () => {
    const reports = reportCable()
    openHidPosCable(reports, '\r').write(Buffer.from(']Q1111\r]Q1222\r'))
    expect(reports.sent.map((report) => report.toString('latin1', 5, 8))).toEqual(['111', '222'])
  })

  test('a trigger command is heard though its report comes in parts', () => {
    const reports = reportCable()
    const heard: string[] = []
    const cable = openHidPosCable(reports, '\r')
    cable.onBytes((bytes) => void heard.push(Buffer.from(bytes).toString('latin1')))
    const report = command('\u0016T\r')
    reports.say(report.subarray(0, 10))
    reports.say(report.subarray(10))
    expect([heard, cable.complaints]).toEqual([['\u0016T\r'], []])
  })

  test('a report of another number is a complaint', () => {
    const reports = reportCable()
    const cable = openHidPosCable(reports, '\r')
    reports.say(Buffer.alloc(64, 1))
    expect(cable.complaints).toEqual(['report 1'])
  })
})
