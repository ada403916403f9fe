import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import { encryptTrack } from '#shell/acquirer/track-encryption.ts'
import type { Held } from '#shell/custody/custody.ts'
import { WORKING_KEY_LAYOUTS } from '#shell/keys/working-key-layouts.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { TAPPED_CARD } from '../../core/counter.ts'
import { readCards } from '../../rig/acquirer/cards-file.ts'
import { clearTrack } from '../../rig/acquirer/security/track.ts'
import { freshKeys, wrapKeys } from '../../rig/acquirer/security/working-keys.ts'
import { openKeys, openLink, startHost, type TerminalLink } from './bench.ts'

const DEMANDS = { trackEncrypted: true }
const KEYS_004 = { networkManagementCode: '004', keyLayout: WORKING_KEY_LAYOUTS['004'] } as const

test('a swiped card goes under the track key: the host finds the card, and no digit of it was on the wire in clear', async () => {
  const host = await startHost({ demands: DEMANDS, macKeyBytes: 16 })
  const link = openLink({ ports: [host.port], ...KEYS_004, encryptsTrack: true })
  await link.signOn()
  expect(await swipe(link)).toBe('00')
  expect(host.held()).toBe(3850)
})

test('a host that wants tracks under the key refuses one in clear', async () => {
  const host = await startHost({ demands: DEMANDS, macKeyBytes: 16 })
  const link = openLink({ ports: [host.port], ...KEYS_004 })
  await link.signOn()
  expect(await swipe(link)).toBe('30')
})

test('without a track key a track never leaves, and the cashier may say that nothing was sent', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port], encryptsTrack: true })
  await link.signOn()
  expect(await swipe(link)).toBe('unreachable')
  expect(host.state().messages.filter(({ mti }) => mti === '0200')).toEqual([])
})

test('every track comes back as it was, and keeps its length when it is long enough', () => {
  const master = '258FB0AB70D025CDB99DF2C4D302D646'
  const clear = freshKeys('004', 16, (length) => randomBytes(length))
  const keys = openKeys()
  keys.installWorkingKeys(wrapKeys(Buffer.from(master, 'hex'), '004', clear), KEYS_004.keyLayout)
  const track = fc
    .tuple(fc.stringMatching(/^[1-9][0-9]{7,18}$/), fc.stringMatching(/^[0-9]{0,17}$/))
    .map(([pan, rest]) => `${pan}D${rest}`)
  fc.assert(
    fc.property(track, (sent) => {
      const fields = { '35': new TextEncoder().encode(sent), '53': '0600000000000000' }
      const sealed = encryptTrack(fields, keys)
      const field = sealed?.['35']
      const text = field instanceof Uint8Array ? new TextDecoder().decode(field) : ''
      expect(text).toHaveLength(Math.max(17, sent.length))
      expect(text).not.toBe(sent)
      expect(clearTrack(clear.trackKey ?? new Uint8Array(16), text)).toBe(sent)
      expect(sealed?.['53']).toBe('0610000000000000')
    }),
    { numRuns: 60 },
  )
})

async function swipe(link: TerminalLink): Promise<string> {
  const card = readCards('test/rig/cards.yaml').cards.find(({ id }) => id === 'stripe')
  if (card === undefined) throw new Error('no card')
  const arena = createSecretArena()
  const bytes = (text: string) => new TextEncoder().encode(text)
  const held: Held = {
    kind: 'card',
    pinBlock: null,
    pinKsn: '',
    card: {
      interface: 'stripe',
      pan: arena.put('pan', bytes(card.pan)),
      track2: arena.put('track2', bytes(`${card.pan}D${card.expiry}${card.serviceCode}00000`)),
      expiry: card.expiry,
      serviceCode: card.serviceCode,
      panSequence: null,
      emv: '',
      verification: 'signature',
      label: '',
      aid: '',
    },
  }
  const attempt: Attempt = {
    order: { id: 1, dueMinor: minor(3850), operator: '01' },
    tender: { kind: 'card', card: { ...TAPPED_CARD, interface: 'stripe', panSequence: null } },
    amountMinor: minor(3850),
    stan: '000002',
    batch: '000001',
    withPin: false,
    sentAt: 0,
  }
  const outcome = await link.acquirer.sell(attempt, held)
  return outcome.kind === 'replied' ? (outcome.reply.fields['39'] ?? 'none') : outcome.kind
}
