/** Finds the commands and parameters that a page of the documentation names, to be compared with those that there are. */

export type NamedCommand = {
  readonly program: 'suretill' | 'suretill-rig'
  /** Verb and sub-verbs as far as they are words: `journal`, `verify`. */
  readonly words: readonly string[]
  /** `--data`, without a value. */
  readonly options: readonly string[]
  /** As it stands on the page. */
  readonly text: string
}

const FENCE = /^```[a-z]*\n([\s\S]*?)^```/gm
const INLINE = /`([^`\n]+)`/g
const COMMAND = /(?:^|[\s/(])(?<!-u )(suretill-rig|suretill)((?: +[^\s|;&`#)"]+)+)/g

/** Code of a page: fenced blocks line by line (a line that ends in `\` goes on), and what stands in backticks. */
function codeOf(page: string): readonly string[] {
  const blocks = [...page.matchAll(FENCE)].flatMap(([, code = '']) =>
    code.replaceAll(/\\\n\s*/g, ' ').split('\n'),
  )
  const indented = page.split('\n').filter((line) => /^ {4}\S/.test(line))
  const prose = page.replaceAll(FENCE, '')
  return [...blocks, ...indented, ...[...prose.matchAll(INLINE)].map(([, code = '']) => code)]
}

export function commandsIn(page: string): readonly NamedCommand[] {
  return codeOf(page).flatMap((code) =>
    [...code.matchAll(COMMAND)].map(([text, program, rest = '']) => {
      const tokens = rest.trim().split(/ +/)
      const end = tokens.findIndex((token) => !/^[a-z][a-z0-9-]*$/.test(token))
      return {
        program: program === 'suretill-rig' ? 'suretill-rig' : 'suretill',
        words: tokens.slice(0, end === -1 ? tokens.length : end),
        options: tokens.flatMap((token) => /^--[a-z][a-z-]*/.exec(token)?.slice(0, 1) ?? []),
        text: text.trim(),
      }
    }),
  )
}

/** Names of files look like names of parameters. */
const FILE_ENDINGS = /\.(ts|tsx|yaml|json|jsonl|md|log|sock|lock|pem|key|db|mark|css|sh|txt)$/

/** Dotted names that begin with a section of terminal.yaml. */
export function parametersIn(page: string, sections: readonly string[]): readonly string[] {
  const prose = page.replaceAll(FENCE, '')
  return [...prose.matchAll(INLINE)]
    .map(([, code = '']) => code)
    .filter((code) => /^[a-z][A-Za-z]*(\.[A-Za-z-]+)+$/.test(code) && !FILE_ENDINGS.test(code))
    .filter((code) => sections.includes(code.split('.')[0] ?? ''))
}

/** A command as commander knows it. */
export type CommandTree = {
  readonly name: string
  readonly options: readonly string[]
  /** The verb that is taken when none is named. */
  readonly defaultVerb: string | null
  readonly verbs: readonly CommandTree[]
}

/** Null when all of it is there; otherwise what is not. */
export function misfit(tree: CommandTree, { options, text, words }: NamedCommand): string | null {
  let command = tree
  for (const word of words) {
    const verb = command.verbs.find(({ name }) => name === word)
    if (verb !== undefined) command = verb
    else if (command.verbs.length > 0 && command.defaultVerb === null)
      return `${text}: no verb ${word}`
    else break
  }
  const silent = command.verbs.find(({ name }) => name === command.defaultVerb)
  const known = ['--help', ...command.options, ...(silent?.options ?? [])]
  const missing = options.find((option) => !known.includes(option))
  return missing === undefined ? null : `${text}: no option ${missing}`
}
