/** What the documentation tells people to type is there: every command, every option, every parameter of terminal.yaml, every picture and page that is linked. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { listParameters } from '#shell/params/parameter.ts'
import {
  type CommandTree,
  commandsIn,
  misfit,
  type NamedCommand,
  parametersIn,
} from './named-commands.ts'

const SLOW_MS = 120_000
const PAGES = [
  'README.md',
  'README.zh-CN.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(md|html)$/.test(name))
    .map((name) => join('docs', name)),
]
const PARAMETERS = listParameters().map(({ name }) => name)
const SECTIONS = [...new Set(PARAMETERS.map((name) => name.split('.')[0] ?? ''))]

/** All verbs and options of both programs, as the programs themselves have registered them. */
async function commandTrees(): Promise<Readonly<Record<NamedCommand['program'], CommandTree>>> {
  const preload = new URL('./print-commands.ts', import.meta.url).href
  const env = { ...process.env, NODE_OPTIONS: `--import=${preload}` }
  const treeOf = async (program: string): Promise<CommandTree> =>
    JSON.parse((await promisify(execFile)(`scripts/${program}`, [], { env })).stdout)
  return { suretill: await treeOf('suretill'), 'suretill-rig': await treeOf('suretill-rig') }
}

/** Messages, files and moments whose names begin like a section of terminal.yaml. */
const OTHER_NAMES = ['journal.failed', 'journal.reserve', 'journal.checked', 'power.boundary']

function unknownParameters(page: string): readonly string[] {
  return parametersIn(page, SECTIONS).filter(
    (name) =>
      !OTHER_NAMES.includes(name) &&
      !PARAMETERS.some((own) => own === name || own.startsWith(`${name}.`)),
  )
}

test('every command and option that a page names is there', { timeout: SLOW_MS }, async () => {
  const named = PAGES.flatMap((page) =>
    commandsIn(readFileSync(page, 'utf8')).map((command) => ({ page, command })),
  )
  expect(named.length).toBeGreaterThan(30)
  const trees = await commandTrees()
  const wrong = named.flatMap(({ command, page }) => {
    const why = misfit(trees[command.program], command)
    return why === null ? [] : [`${page}: ${why}`]
  })
  expect(wrong).toEqual([])
})

test('every parameter that a page names is one of terminal.yaml', () => {
  const named = PAGES.flatMap((page) => parametersIn(readFileSync(page, 'utf8'), SECTIONS))
  expect(named.length).toBeGreaterThan(100)
  const wrong = PAGES.flatMap((page) =>
    unknownParameters(readFileSync(page, 'utf8')).map((name) => `${page}: ${name}`),
  )
  expect(wrong).toEqual([])
})

test('every page and picture that a page links to is there', () => {
  const links = PAGES.flatMap((page) =>
    [
      ...readFileSync(page, 'utf8')
        .replaceAll(/`[^`\n]+`/g, '')
        .matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g),
    ].map(([, to = '']) => ({
      page,
      to: join(dirname(page), to),
    })),
  )
  expect(links.length).toBeGreaterThan(10)
  expect(links.filter(({ to }) => !existsSync(to))).toEqual([])
})

test('a page with a wrong verb, option or parameter is found', { timeout: SLOW_MS }, async () => {
  const page = [
    'Run `suretill docter --config X`, then `suretill doctor --colour`, then `suretill journal verifi --data D`.',
    '```sh',
    'sudo suretill restore --from FILE \\',
    '  --nowhere X',
    '```',
    'Set `care.metric.port` and `journal.keepDays`, see `terminal.yaml`.',
  ].join('\n')
  const { suretill } = await commandTrees()
  const wrong = commandsIn(page).map((command) => misfit(suretill, command))
  expect(wrong.filter((why) => why !== null)).toEqual([
    expect.stringContaining('no option --nowhere'),
    expect.stringContaining('no verb docter'),
    expect.stringContaining('no option --colour'),
    expect.stringContaining('no verb verifi'),
  ])
  expect(unknownParameters(page)).toEqual(['care.metric.port'])
})
