/** Follows a page of the documentation: makes the files that it shows, makes the changes that it shows, types what it types, and compares the answers. */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Block = { readonly kind: string; readonly file: string; readonly text: string }

/** Fenced blocks with what stands behind the fence: ```kind file. */
export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)(?: ([^\n]+))?\n([\s\S]*?)^```/gm)].map(
    ([, kind = '', file = '', text = '']) => ({ kind, file, text }),
  )
}

export type Typed = {
  readonly command: string
  readonly wanted: readonly string[]
  readonly got: string
}

/**
 * Every command of the page with what it should have answered and what it did. `tree`: the folder in which it is followed; `before`: a program that
 * runs each command, such as one that makes a namespace for it.
 */
export async function follow(
  tree: string,
  page: string,
  before: readonly string[] = [],
): Promise<readonly Typed[]> {
  const typed: Typed[] = []
  for (const { file, kind, text } of blocksOf(page)) {
    if (kind === 'console')
      for (const { command, wanted } of commandsOf(text))
        typed.push({ command, wanted, got: await type(tree, [...before, 'sh', '-c', command]) })
    else if (kind === 'diff') change(join(tree, file), text)
    else if (file !== '') writeFileSync(join(tree, file), text)
  }
  return typed
}

/** Lines in their order, each somewhere in the answer; `…` stands for anything. */
export function answersAsShown({ got, wanted }: Typed): boolean {
  const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pattern = wanted.map((line) => line.split('…').map(literal).join('[\\s\\S]*')).join('\n')
  return new RegExp(`^${pattern}$`).test(got.trim())
}

/** Lines with a blank are as they are, `+` come in, `-` go away. Throws when the place is not there exactly once. */
function change(file: string, diff: string): void {
  const lines = diff.split('\n').filter((line) => line !== '')
  const side = (away: string): string =>
    lines
      .filter((line) => !line.startsWith(away))
      .map((line) => line.slice(1))
      .join('\n')
  const text = readFileSync(file, 'utf8')
  if (text.split(side('+')).length !== 2)
    throw new Error(`the place of a change is not in ${file} once: ${side('+')}`)
  writeFileSync(
    file,
    text.replace(side('+'), () => side('-')),
  )
}

function commandsOf(text: string): readonly { command: string; wanted: readonly string[] }[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...wanted] = part.trim().split('\n')
      return { command, wanted }
    })
}

function type(tree: string, [program = '', ...args]: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: tree }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
}
