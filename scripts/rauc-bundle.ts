/**
 * `make rauc-bundle`: an image of the operating system as a bundle for RAUC, verified by `rauc info` before it is handed out. Without IMAGE the
 * image is a Debian with nothing but its essential packages and the program in it: everything but a kernel, which belongs to the board.
 */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { inRoot, newestBundle, unpackDebian } from './bundle/debian-root.ts'

const ROOT = join(import.meta.dirname, '..')
const BUNDLES = join(ROOT, 'build', 'bundle')
const COMPATIBLE = 'suretill-linux'

const { values } = parseArgs({
  options: {
    image: { type: 'string', default: '' },
    cert: { type: 'string', default: '' },
    key: { type: 'string', default: '' },
    ca: { type: 'string', default: '' },
    into: { type: 'string', default: join(ROOT, 'build', 'rauc') },
    format: { type: 'string', default: 'verity' },
  },
})
const named = [values.cert, values.key, values.ca].filter((file) => file !== '').length
const release = newestBundle(BUNDLES)
if (release === null || (named !== 0 && named !== 3) || !/^(verity|plain)$/.test(values.format)) {
  console.error(
    'Wanted: a bundle (make bundle); CERT, KEY and CA together or none of them; format verity or plain.',
  )
  process.exit(2)
}

const version = /^suretill-([0-9.]+)-/.exec(release)?.[1] ?? '0.0.0'
mkdirSync(values.into, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'rauc-bundle-'))
try {
  const signer = named === 3 ? values : testSigner(values.into)
  const content = join(folder, 'content')
  mkdirSync(content)
  const image = join(content, 'rootfs.img')
  if (values.image === '') await makeImage(image, { release, ca: signer.ca })
  else copyFileSync(resolve(values.image), image)
  writeFileSync(
    join(content, 'manifest.raucm'),
    `[update]\ncompatible=${COMPATIBLE}\nversion=${version}\n\n[bundle]\nformat=${values.format}\n\n[image.rootfs]\nfilename=${basename(image)}\n`,
  )
  const into = join(values.into, `suretill-${version}.raucb`)
  rmSync(into, { force: true })
  const signing = ['--cert', signer.cert, '--key', signer.key, '--keyring', signer.ca]
  rauc('bundle', ...signing, content, into)
  console.log(rauc('info', '--keyring', signer.ca, into))
  console.log(`${into}: ${(statSync(into).size / 1e6).toFixed(1)} MB, ${values.format}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

type Signer = { readonly cert: string; readonly key: string; readonly ca: string }

async function makeImage(
  image: string,
  { ca, release }: { readonly ca: string; readonly release: string },
): Promise<void> {
  const root = join(folder, 'root')
  unpackDebian(root)
  const media = join(root, 'media')
  for (const file of [release, `${release}.sha256`, 'release.pem', 'install.sh'])
    copyFileSync(join(BUNDLES, file), join(media, file))
  await inRoot(root, 'sh', '/media/install.sh', `/media/${release}`, '--key', '/media/release.pem')
  rmSync(media, { recursive: true })
  mkdirSync(media)
  mkdirSync(join(root, 'etc', 'rauc'), { recursive: true })
  copyFileSync(join(ROOT, 'config', 'rauc', 'system.conf'), join(root, 'etc/rauc/system.conf'))
  copyFileSync(ca, join(root, 'etc/rauc/release-ca.pem'))
  execFileSync('/usr/bin/mksquashfs', [
    root,
    image,
    '-noappend',
    '-quiet',
    '-no-progress',
    '-comp',
    'gzip',
  ])
}

/** A CA and a signer for trying it out, made on the spot; no terminal of a shop trusts them. */
function testSigner(into: string): Signer {
  const signer = { cert: 'test-signer.pem', key: 'test-signer.key', ca: 'test-ca.pem' }
  const placed = {
    cert: join(into, signer.cert),
    key: join(into, signer.key),
    ca: join(into, signer.ca),
  }
  console.error(
    `No CERT, KEY and CA were named: signed with a test key (${placed.key}), not for a shop.`,
  )
  if (existsSync(placed.cert)) return placed
  const openssl = (line: string): void => {
    execFileSync('openssl', line.split(' '), { cwd: into, stdio: 'ignore' })
  }
  const fresh = '-newkey rsa:3072 -nodes -keyout'
  openssl(`req -x509 ${fresh} test-ca.key -out ${signer.ca} -days 365 -subj /CN=test-ca`)
  openssl(`req ${fresh} ${signer.key} -out test-signer.csr -subj /CN=test-signer`)
  writeFileSync(join(into, 'ext'), 'keyUsage=digitalSignature\nextendedKeyUsage=emailProtection\n')
  openssl(
    `x509 -req -in test-signer.csr -CA ${signer.ca} -CAkey test-ca.key -CAcreateserial -days 365 -extfile ext -out ${signer.cert}`,
  )
  return placed
}

function rauc(...args: readonly string[]): string {
  return execFileSync('/usr/bin/rauc', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}
