import { generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { minor } from '#core/money.ts'
import { systemClock } from '#shell/system-clock.ts'
import { registerParams } from '../../../src/cli/params/params.ts'
import { startHost } from '../../shell/acquirer/bench.ts'
import { changeText, eventsIn, offTerminal, type Ran, runCommand, typist } from '../off-terminal.ts'
import { ADMINISTRATOR, CASHIER, people, SUPERVISOR } from '../people.ts'

const FASTER = `parameters: 1
terminal: "10000001"
version: 3
set:
  acquirer.replyTimeoutMs: 20000
  acquirer.echo.everyMs: 60000
  acquirer.connection: long
`

function params(args: readonly string[], keyboard = typist()): Promise<Ran> {
  return runCommand(
    (program, io) =>
      registerParams(program, {
        ...io,
        sharedConfig: 'config',
        locale: 'en',
        clock: systemClock,
        keyboard,
      }),
    ['params', ...args],
  )
}

function fileIn(folder: string, text: string): string {
  const file = join(folder, 'wanted.yaml')
  writeFileSync(file, text)
  return file
}

function configOf({ config }: { config: string }): { acquirer: Record<string, unknown> } {
  return parse(readFileSync(join(config, 'terminal.yaml'), 'utf8'))
}

test('a file is taken over by a supervisor, with remarks kept and every value before and after in the journal', async () => {
  const off = offTerminal({ operators: people() })
  const file = fileIn(off.folder, FASTER)
  const places = ['--config', off.config, '--data', off.data]
  const keyboard = typist(SUPERVISOR.number, SUPERVISOR.pin)
  const { code, err, out } = await params(['apply', file, ...places], keyboard)
  expect([code, err]).toEqual([0, []])
  expect(out.slice(0, 3)).toEqual([
    'acquirer.connection: "short" -> "long"',
    'acquirer.replyTimeoutMs: 30000 -> 20000',
    'acquirer.echo.everyMs: 0 -> 60000',
  ])
  expect(keyboard.shown()).not.toContain(SUPERVISOR.pin)
  expect(configOf(off).acquirer).toMatchObject({
    replyTimeoutMs: 20_000,
    echo: { everyMs: 60_000, timeoutMs: 5000 },
  })
  expect(readFileSync(join(off.config, 'terminal.yaml'), 'utf8')).toContain('# DE 42')
  expect(eventsIn(off.data)).toMatchObject([
    { type: 'technicianChecked', operator: '00', correct: true },
    {
      type: 'serviced',
      what: 'parametersApplied',
      by: ['00'],
      facts: [
        { name: 'version', before: '0', after: '3' },
        { name: 'acquirer.connection', before: '"short"', after: '"long"' },
        { name: 'acquirer.replyTimeoutMs', before: '30000', after: '20000' },
        { name: 'acquirer.echo.everyMs', before: '0', after: '60000' },
      ],
    },
  ])
})

test('one step back brings the configuration before, byte for byte, and there is no second step', async () => {
  const off = offTerminal({ operators: people() })
  const places = ['--config', off.config, '--data', off.data]
  const before = readFileSync(join(off.config, 'terminal.yaml'), 'utf8')
  const somebody = () => typist(ADMINISTRATOR.number, ADMINISTRATOR.pin)
  await params(['apply', fileIn(off.folder, FASTER), ...places], somebody())
  expect(readFileSync(join(off.config, 'terminal.yaml'), 'utf8')).not.toBe(before)
  expect((await params(['roll-back', ...places], somebody())).code).toBe(0)
  expect(readFileSync(join(off.config, 'terminal.yaml'), 'utf8')).toBe(before)
  expect(eventsIn(off.data).at(-1)).toMatchObject({ what: 'parametersRolledBack', by: ['99'] })
  expect(await params(['roll-back', ...places], somebody())).toMatchObject({
    code: 1,
    err: [expect.stringContaining('no configuration before')],
  })
})

test('a parameter that is cleared holds its default again, whether the file had named it or not', async () => {
  const off = offTerminal()
  const places = ['--config', off.config, '--data', off.data]
  const text = `parameters: 1\nterminal: "*"\nversion: VERSION\n`
  const apply = (version: number, more: string): Promise<Ran> =>
    params([
      'apply',
      fileIn(off.folder, `${text.replace('VERSION', String(version))}${more}\n`),
      ...places,
    ])
  await apply(1, 'set: { cards.chipFallback: false, acquirer.maximumPinLength: "06" }')
  const cleared = await apply(
    2,
    'clear: [cards.chipFallback, idle.lockMs, acquirer.maximumPinLength]',
  )
  expect([cleared.code, cleared.out.slice(0, 2)]).toEqual([
    0,
    ['acquirer.maximumPinLength: "06" -> "12"', 'cards.chipFallback: false -> true'],
  ])
})

test('the same file or an older one is not taken over again', async () => {
  const off = offTerminal()
  const places = ['--config', off.config, '--data', off.data]
  const file = fileIn(off.folder, FASTER)
  expect((await params(['apply', file, ...places])).code).toBe(0)
  expect(await params(['apply', file, ...places])).toMatchObject({
    code: 2,
    err: [expect.stringContaining('version 3')],
  })
})

test('a cashier or a wrong PIN changes nothing, and wrong PINs count as at the counter', async () => {
  const off = offTerminal({ operators: people() })
  const places = ['--config', off.config, '--data', off.data]
  const before = readFileSync(join(off.config, 'terminal.yaml'), 'utf8')
  const keyboard = typist(CASHIER.number, CASHIER.pin, '00', '000000', '00', '111111')
  const { code } = await params(['apply', fileIn(off.folder, FASTER), ...places], keyboard)
  expect(code).toBe(1)
  expect(keyboard.asked()).toContain('01 may not do this')
  expect(readFileSync(join(off.config, 'terminal.yaml'), 'utf8')).toBe(before)
  expect(eventsIn(off.data)).toMatchObject([
    { operator: '01', correct: true },
    { operator: '00', correct: false },
    { operator: '00', correct: false },
  ])
})

test.each([
  ['a reversal is owed', 'reversal', { reversal: { id: '000001-000002' } }],
  ['a refund is in doubt', 'refund', { advice: { id: '000001-000002' } }],
  ['a settlement is half done', 'settlement', { settlement: { stan: '000009' } }],
  [
    'a payment was under way',
    'payment',
    { step: { kind: 'authorizing', attempt: { amountMinor: minor(1) } } },
  ],
])('while %s, nothing is taken over', async (_title, word, owed) => {
  // Only that it is there matters here; what it holds does not.
  const state: object = owed
  const off = offTerminal({ ...state })
  const before = readFileSync(join(off.config, 'terminal.yaml'), 'utf8')
  const places = ['--config', off.config, '--data', off.data]
  const { code, err } = await params(['apply', fileIn(off.folder, FASTER), ...places])
  expect([code, err.join('')]).toEqual([1, expect.stringContaining(word)])
  expect(readFileSync(join(off.config, 'terminal.yaml'), 'utf8')).toBe(before)
})

test('a signed file needs nobody at the keyboard; the journal names the key', async () => {
  const off = offTerminal({ operators: people() })
  const { file, signer } = signed(off, FASTER)
  const { code, out } = await params(['apply', file, '--config', off.config, '--data', off.data])
  expect(code).toBe(0)
  expect(out.at(-1)).toContain('key ')
  expect(eventsIn(off.data)).toMatchObject([
    { what: 'parametersApplied', by: [expect.stringMatching(/^key [0-9a-f]{16}$/)] },
  ])
  expect(signer).toContain('PUBLIC KEY')
})

test.each([
  [
    'one byte of the file was changed',
    'does not fit',
    (file: string) => changeText(file, (text) => text.replace('20000', '20001')),
  ],
  [
    'another key signed it',
    'does not fit',
    (file: string) =>
      writeFileSync(
        `${file}.sig`,
        sign(null, readFileSync(file), generateKeyPairSync('ed25519').privateKey),
      ),
  ],
  [
    'the signature was cut',
    'neither 64 bytes',
    (file: string) => writeFileSync(`${file}.sig`, readFileSync(`${file}.sig`).subarray(0, 60)),
  ],
])('a signed file is refused when %s', async (_title, why, spoil) => {
  const off = offTerminal()
  const { file } = signed(off, FASTER)
  spoil(file)
  const before = readFileSync(join(off.config, 'terminal.yaml'), 'utf8')
  const { code, err } = await params(['apply', file, '--config', off.config, '--data', off.data])
  expect([code, err.join('')]).toEqual([2, expect.stringContaining(why)])
  expect(readFileSync(join(off.config, 'terminal.yaml'), 'utf8')).toBe(before)
})

test('the production profile takes no unsigned file', async () => {
  const off = offTerminal()
  changeText(join(off.config, 'terminal.yaml'), (text) =>
    text.replace('profile: demo', 'profile: production'),
  )
  const { code, err } = await params([
    'apply',
    fileIn(off.folder, FASTER),
    '--config',
    off.config,
    '--data',
    off.data,
  ])
  expect([code, err.join('')]).toEqual([2, expect.stringContaining('not signed')])
})

test.each([
  [
    'an unknown name',
    FASTER.replace('acquirer.connection: long', 'acquirer.colour: red'),
    'acquirer.colour',
  ],
  ['a value out of bounds', FASTER.replace('20000', '3'), 'acquirer.replyTimeoutMs'],
  [
    'two values that do not go together',
    FASTER.replace('acquirer.connection: long', 'acquirer.mac: sm4-cbc'),
    'acquirer.mac',
  ],
  ['another terminal', FASTER.replace('"10000001"', '"20000002"'), '20000002'],
  ['no version', FASTER.replace('version: 3', ''), 'version'],
])('a file with %s is refused as a whole, with the place', async (_title, text, place) => {
  const off = offTerminal()
  const before = readFileSync(join(off.config, 'terminal.yaml'), 'utf8')
  const { code, err } = await params([
    'apply',
    fileIn(off.folder, text),
    '--config',
    off.config,
    '--data',
    off.data,
  ])
  expect([code, err.join('')]).toEqual([2, expect.stringContaining(place)])
  expect(readFileSync(join(off.config, 'terminal.yaml'), 'utf8')).toBe(before)
})

test('what is shown and written down never holds a secret', async () => {
  const off = offTerminal()
  const key = 'ABCDEF0123456789ABCDEF0123456789'
  const file = fileIn(
    off.folder,
    `parameters: 1\nterminal: "*"\nversion: 1\nset: { acquirer.masterKey: "${key}" }\n`,
  )
  const places = ['--config', off.config]
  const said = [
    await params(['diff', file, ...places]),
    await params(['apply', file, ...places, '--data', off.data]),
    await params(['show', ...places]),
    await params(['show', '--json', ...places]),
  ]
  expect(said.map(({ code }) => code)).toEqual([0, 0, 0, 0])
  expect(JSON.stringify([said, eventsIn(off.data)])).not.toContain(key)
  expect(said[2]?.out).toContain('acquirer.masterKey: (secret)')
  expect(configOf(off).acquirer['masterKey']).toBe(key)
})

test('a parameter is explained with its meaning, bounds and default in both languages', async () => {
  const en = await params(['explain', 'acquirer.echo.everyMs', '--lang', 'en'])
  const zh = await params(['explain', 'acquirer.echo.everyMs', '--lang', 'zh-CN'])
  expect(en.out.join('\n')).toContain('0…3600000')
  expect(zh.out.join('\n')).toContain('心跳')
  expect(await params(['explain', 'acquirer.colour'])).toMatchObject({ code: 2 })
})

function signed(
  off: { config: string; folder: string },
  text: string,
): { file: string; signer: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const file = fileIn(off.folder, text)
  const signer = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  writeFileSync(join(off.config, 'signer.pem'), signer)
  writeFileSync(`${file}.sig`, sign(null, readFileSync(file), privateKey))
  return { file, signer }
}

test('parameters are pulled from the acquirer, kept for the next start, told in words and written down', async () => {
  const off = offTerminal({ operators: people() })
  const run = `1100${'12'}45${'13'}3${'22'}${'SHOP'.padEnd(40)}`
  const host = await startHost({ downloads: { parameters: run, caKeys: [], aids: [] } })
  changeText(join(off.config, 'terminal.yaml'), (text) =>
    text
      .replace('port: 8590', `port: ${host.port}`)
      .replace('replyTimeoutMs: 30000', 'replyTimeoutMs: 900'),
  )
  const places = ['--config', off.config, '--data', off.data]
  const pull = () => params(['pull', ...places], typist(SUPERVISOR.number, SUPERVISOR.pin))
  const { code, out } = await pull()
  expect(code).toBe(0)
  expect(out.slice(0, 4)).toEqual([
    '11 application: 00',
    '12 wait for an answer, seconds: 45',
    '13 dial retries: 3',
    '22 merchant name: SHOP',
  ])
  const file = join(off.data, 'downloads', 'parameters.json')
  const kept = readFileSync(file, 'utf8')
  expect(kept).toContain(Buffer.from(run).toString('hex').toUpperCase())
  expect(eventsIn(off.data).at(-1)).toMatchObject({ what: 'parametersPulled', by: ['00'] })
  host.setFault({ kind: 'dropReply', mti: '0800' })
  const late = await pull()
  expect([late.code, late.err.at(-1)]).toEqual([1, expect.stringContaining('silent')])
  expect(readFileSync(file, 'utf8')).toBe(kept)
}, 30_000)
