/** The last look before text leaves the terminal: what is long enough to be a card or a key does not pass. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publicConfig, withoutSecrets } from '#shell/care/without-secrets.ts'

const digit = fc.integer({ min: 0, max: 9 })

test('no number of 12 to 19 digits passes, however people break it up', () => {
  fc.assert(
    fc.property(
      fc.array(digit, { minLength: 12, maxLength: 19 }),
      fc.constantFrom('', ' ', '-'),
      (digits, between) => {
        const number = digits.join(between)
        expect(withoutSecrets(`card ${number} was read`)).toBe(
          `card (${digits.length} digits) was read`,
        )
      },
    ),
  )
})

test('a key as hex does not pass, a check value and a date do', () => {
  expect(withoutSecrets('key 258FB0AB70D025CDB99DF2C4D302D646, check D0E06F')).toBe(
    'key (32 hex digits), check D0E06F',
  )
  expect(withoutSecrets('{"time":"2026-06-01T10:00:00.123Z","stan":"000123"}')).toBe(
    '{"time":"2026-06-01T10:00:00.123Z","stan":"000123"}',
  )
})

test('of a configuration what is named like a secret is withheld, and the rest can be read', () => {
  const shown = publicConfig({
    acquirer: {
      host: 'pos.example',
      port: 8590,
      masterKey: 'ABC',
      masterKeyIndex: 0,
      dukpt: { initialKey: '00FF', ksn: 'AA' },
    },
    till: { port: 8585, secret: 'short' },
    note: '6222020000000000000',
  })
  expect(shown).toEqual({
    acquirer: {
      host: 'pos.example',
      port: 8590,
      masterKey: '(withheld)',
      masterKeyIndex: 0,
      dukpt: { initialKey: '(withheld)', ksn: '(withheld)' },
    },
    till: { port: 8585, secret: '(withheld)' },
    note: '(19 digits)',
  })
})
