/** `install.sh` with a bundle whose program only writes down what it is asked: in which order, what it leaves out, and what it does when run again. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const INSTALL = join(import.meta.dirname, '../../../scripts/bundle/install.sh')

/** Does what the real one leaves behind, as far as the script looks at it. */
const PROGRAM = `#!/bin/sh
home=@HOME@
here=$(dirname "$0")/..
case "$*" in
  'update install '*) echo install; mkdir -p "$home/root/opt/suretill/a"; ln -sfn a "$home/root/opt/suretill/current"
    cp "$here/manifest.json" "$home/root/opt/suretill/a/" ;;
  'setup --check '*) echo check; [ ! -f "$home/wrong-answers" ] ;;
  'setup '*) echo setup; [ ! -f "$home/no-printer" ] || exit 1; mkdir -p "$home/root/etc/suretill"; : >"$home/root/etc/suretill/terminal.yaml" ;;
esac
`

type Box = {
  readonly home: string
  readonly bundle: (version: string) => string
  /** Exit code and the words of the program, in order. */
  readonly install: (bundle: string) => readonly [number | null, ...string[]]
}

function emptyBox(): Box {
  const home = mkdtempSync(join(tmpdir(), 'install-sh-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  for (const name of ['release.pem', 'answers.yaml']) writeFileSync(join(home, name), name)
  return {
    home,
    bundle: (version) => {
      const folder = join(home, version)
      mkdirSync(join(folder, 'bin'), { recursive: true })
      writeFileSync(join(folder, 'manifest.json'), version)
      writeFileSync(join(folder, 'bin', 'suretill'), PROGRAM.replace('@HOME@', home))
      chmodSync(join(folder, 'bin', 'suretill'), 0o755)
      const file = join(home, `${version}.bundle`)
      execFileSync('tar', ['-czf', file, '-C', folder, 'manifest.json', 'bin'])
      return file
    },
    install: (bundle) => {
      const args = [bundle, '--key', join(home, 'release.pem'), '--destdir', join(home, 'root')]
      const named = ['--answers', join(home, 'answers.yaml')]
      const { status, stdout } = spawnSync('sh', [INSTALL, ...args, ...named], { encoding: 'utf8' })
      return [status, ...stdout.trim().split('\n')]
    },
  }
}

test('answers that cannot be used are told before anything is installed', () => {
  const box = emptyBox()
  writeFileSync(join(box.home, 'wrong-answers'), '')
  expect(box.install(box.bundle('1.0.0'))).toEqual([1, 'check'])
  expect(existsSync(join(box.home, 'root'))).toBe(false)
})

test('after a set-up that failed the same command goes on from there, and installs nothing a second time', () => {
  const box = emptyBox()
  const bundle = box.bundle('1.0.0')
  writeFileSync(join(box.home, 'no-printer'), '')
  expect(box.install(bundle)).toEqual([1, 'check', 'install', 'setup'])
  rmSync(join(box.home, 'no-printer'))
  expect(box.install(bundle)).toEqual([0, 'check', 'setup'])
})

test('on a terminal that is set up it is an update, and the answers are left alone', () => {
  const box = emptyBox()
  expect(box.install(box.bundle('1.0.0'))).toEqual([0, 'check', 'install', 'setup'])
  const [code, told, ...rest] = box.install(box.bundle('1.1.0'))
  expect([code, told, rest]).toEqual([0, expect.stringMatching(/set up.*is not used/), ['install']])
  const manifest = join(box.home, 'root/opt/suretill/current/manifest.json')
  expect(readFileSync(manifest, 'utf8')).toBe('1.1.0')
})

test('a bundle that is cut off, not the published one, or not there is refused before its program is run', () => {
  const box = emptyBox()
  const bundle = box.bundle('1.0.0')
  expect(box.install(join(box.home, 'nothing.bundle'))).toEqual([2, ''])
  const bytes = readFileSync(bundle)
  writeFileSync(`${bundle}.sha256`, `${createHash('sha256').update('another').digest('hex')}  it\n`)
  expect(box.install(bundle)).toEqual([1, ''])
  rmSync(`${bundle}.sha256`)
  writeFileSync(bundle, bytes.subarray(0, bytes.length >> 1))
  expect(box.install(bundle)).toEqual([1, ''])
  expect(existsSync(join(box.home, 'root'))).toBe(false)
})
