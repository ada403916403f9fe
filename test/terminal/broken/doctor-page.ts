/** What `docs/doctor.md` says of the twelve broken terminals: the red lines as the doctor printed them, with the names of a real terminal in the place of the bench's. */
import type { BrokenCase } from './cases.ts'
import type { Visit } from './visit.ts'

const HEAD = `# Twelve broken terminals / 十二种故障终端

What \`suretill doctor\` says of each, as it printed it on a terminal that was broken for real. Green lines and hints are left out; the exit code
is 1 every time. Made by \`make doctors-cases\`; a test breaks them again and compares.
/ 每台终端都被真实破坏后运行 \`suretill doctor\` 的输出;正常项略去。由 \`make doctors-cases\` 生成,并由测试比对。
`

export function pageOf(told: readonly (readonly [BrokenCase, string])[]): string {
  return [HEAD, ...told.map(([, section]) => section)].join('\n')
}

/** One section of the page. `folder` and `ports` are the bench's own, and differ in every run. */
export function sectionOf(
  { title }: BrokenCase,
  { en, 'zh-CN': zh }: Visit,
  folder: string,
): string {
  const block = (text: string): string =>
    ['```', ...redLines(text).map((line) => asOnATerminal(line, folder)), '```'].join('\n')
  return `## ${title.en} / ${title['zh-CN']}\n\n${block(en)}\n\n${block(zh)}\n`
}

/** The red findings with their next steps. */
export function redLines(text: string): readonly string[] {
  let isRed = false
  return text.split('\n').filter((line) => {
    if (line.startsWith('[')) isRed = line.startsWith('[BAD]') || line.startsWith('[故障]')
    else if (!line.startsWith('    ')) isRed = false
    return isRed
  })
}

function asOnATerminal(line: string, folder: string): string {
  return (
    line
      .replaceAll(`${folder}/dev/`, '/dev/pos/')
      .replaceAll(folder, '/srv/pos')
      .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:8590')
      // How far a terminal comes before it is switched off differs from run to run.
      .replaceAll(/event \d+ is not/g, 'event 7 is not')
      .replaceAll(/第 \d+ 条与写入时/g, '第 7 条与写入时')
      .replaceAll(/1970-01-02 00:0\d/g, '1970-01-02 00:00')
  )
}
