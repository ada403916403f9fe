/** The worked examples of a README, so that they are run as they are printed. */

export type Example = { readonly heading: string; readonly code: string }

/** All blocks marked `js`, each with the heading it stands under. */
export function examplesOf(readme: string): readonly Example[] {
  const examples: Example[] = []
  let heading = ''
  for (const [, title, code] of readme.matchAll(/^## (.+)$|^```js\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title
    if (code !== undefined) examples.push({ heading, code })
  }
  return examples
}

/** The same program with `require` in the place of `import`. */
export function asCommonJs(code: string): string {
  return code.replace(/^import (\{[^}]*\}) from '([^']+)'$/gm, (_, names: string, from: string) => {
    const renamed = names.replaceAll(' as ', ': ')
    return `const ${renamed} = require('${from}')`
  })
}
