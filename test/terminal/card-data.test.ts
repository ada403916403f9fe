import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createFrameDecoder, UNIONPAY_FRAME } from '#iso8583/frame.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { changeConfig, OPERATOR, openShop } from './shop.ts'
import { tapWire } from './wire-tap.ts'

const SALES = 50
const DIALECTS = fileURLToPath(new URL('../../config/dialects', import.meta.url))

/** PANs, tracks and PIN blocks as they really left, read off the wire. */
function secretsSent(connections: readonly Buffer[]): { name: string; bytes: Uint8Array }[] {
  const loaded = loadDialect('unionpay-pos', DIALECTS)
  if (!loaded.ok) throw new Error(loaded.problem)
  return connections.flatMap((bytes) =>
    createFrameDecoder(UNIONPAY_FRAME)
      .push(bytes)
      .frames.flatMap((frame) => {
        const read = loaded.dialect.unpack(frame.message, { asBytes: ['2', '35', '52'] })
        if (!read.ok) throw new Error(`unreadable request ${read.error.code}`)
        return Object.entries(read.message.bytes).map(([field, value]) => ({
          name: `DE ${field}`,
          bytes: value,
        }))
      }),
  )
}

/** The forms in which a secret may lie in a file: as it is, as text of its digits, packed, hex, Base64, UTF-16, backwards. */
function formsOf(secret: Uint8Array): Buffer[] {
  const raw = Buffer.from(secret)
  const hex = raw.toString('hex')
  const digits = raw.toString('latin1').replace('D', '=')
  const packed = /^[0-9D=]+$/.test(raw.toString('latin1'))
    ? [
        Buffer.from(
          raw
            .toString('latin1')
            .replace('=', 'd')
            .padEnd(raw.length + (raw.length % 2), 'f'),
          'hex',
        ),
      ]
    : []
  const texts = [hex, hex.toUpperCase(), raw.toString('base64').slice(0, -4), digits].filter(
    (text) => text.length >= 8,
  )
  return [
    raw,
    Buffer.from(raw).reverse(),
    ...packed,
    ...texts.map((text) => Buffer.from(text)),
    ...texts.map((text) => Buffer.from(text, 'utf16le')),
  ]
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const stat = statSync(path)
    if (stat.isDirectory()) return filesUnder(path)
    // The socket that the doctor asks at holds nothing.
    return stat.isFile() ? [path] : []
  })
}

function found(
  haystacks: readonly { name: string; bytes: Buffer }[],
  secrets: readonly { name: string; bytes: Uint8Array }[],
): string[] {
  return haystacks.flatMap((haystack) =>
    secrets.flatMap((secret) =>
      formsOf(secret.bytes).some((form) => haystack.bytes.includes(form))
        ? [`${secret.name} in ${haystack.name}`]
        : [],
    ),
  )
}

test(`after ${SALES} sales, power cuts and a lost answer no card number, track or PIN block lies in data, logs or slips`, {
  timeout: 240_000,
}, async () => {
  const shop = await openShop({ closed: true })
  const { rig, cashier, present, typePin, holdUp, powerCut, powerOn } = shop
  const tap = await tapWire(rig.acquirer.port)
  changeConfig(join(shop.configFolder, 'terminal.yaml'), {
    'acquirer.port': tap.port,
    'slips.copies': ['merchant'],
  })
  await powerOn()
  await cashier().chooseFirstPin(OPERATOR)
  await cashier().signIn(OPERATOR)
  for (let sale = 0; sale < SALES; sale++) {
    if (sale === 20) rig.acquirer.applyFault({ kind: 'dropReply', times: 1, mti: '0200' })
    await cashier().ask('1.5')
    if (sale % 10 === 0) {
      await present('insert', 'debit')
      await typePin('123456')
    } else if (sale % 10 === 1) holdUp('wechat')
    else await present('tap', sale % 3 === 0 ? 'credit' : 'debit')
    await cashier().page('result')
    rig.cardReader.remove()
    if (sale === 25 || sale === 40) {
      await powerCut()
      await powerOn()
      await cashier().signIn(OPERATOR)
    } else cashier().press('cancel')
    await cashier().page('amount')
  }
  const secrets = secretsSent(tap.sent())
  const names = new Set(secrets.map((secret) => secret.name))
  expect([...names].toSorted()).toEqual(['DE 2', 'DE 35', 'DE 52'])
  const papers = rig.printer
    .papers()
    .map((paper, index) => ({ name: `paper ${index}`, bytes: Buffer.from(paper.text + paper.svg) }))
  const output = { name: 'output', bytes: Buffer.from(shop.terminal.state().lines.join('\n')) }
  const files = filesUnder(shop.dataFolder).map((path) => ({
    name: path,
    bytes: readFileSync(path),
  }))
  expect(files.length).toBeGreaterThan(3)
  expect(found([...papers, output, ...files], secrets)).toEqual([])
  // The search itself must be able to find: a planted number is seen in every form.
  const [planted] = secrets
  const forms = planted === undefined ? [] : formsOf(planted.bytes)
  expect(forms.length).toBeGreaterThan(4)
  for (const form of forms)
    expect(found([{ name: 'planted', bytes: form }], secrets.slice(0, 1))).toHaveLength(1)
})
