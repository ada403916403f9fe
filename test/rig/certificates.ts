/** Certificates for a laboratory, made when they are needed and gone with their folder: no key is ever kept. Needs the `openssl` program. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Longer than a terminal begins to warn of. */
const USUAL_DAYS = 100

export type Pair = { readonly certificate: string; readonly key: string }

export type Authority = {
  /** PEM of the issuer. */
  readonly certificate: string
  /** A certificate for a host or a caller of this name. `days` below zero: expired. */
  readonly issue: (name: string, days?: number) => Pair
}

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Makes an issuer in `folder`, which must exist. `name` tells several issuers apart. */
export function createAuthority(folder: string, name: string): Authority {
  const at = (file: string): string => join(folder, `${name}-${file}`)
  const own = selfSigned(folder, name)
  const issuer = ['-CA', at('issuer.pem'), '-CAkey', at('issuer.key')]
  let count = 0
  writeFileSync(at('issuer.pem'), own.certificate)
  writeFileSync(at('issuer.key'), own.key, { mode: 0o600 })
  return {
    certificate: own.certificate,
    issue: (host, days = USUAL_DAYS) => {
      count += 1
      const file = (ending: string): string => at(`${count}.${ending}`)
      writeFileSync(file('names'), `subjectAltName=DNS:${host}\n`)
      openssl('req', ...CURVE, '-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${host}`)
      const request = ['-in', file('csr'), '-extfile', file('names'), '-days', String(days)]
      const serial = ['-set_serial', String(count)]
      openssl('x509', '-req', '-out', file('pem'), ...request, ...serial, ...issuer)
      return { certificate: read(file('pem')), key: read(file('key')) }
    },
  }
}

/** A certificate that vouches for itself. */
export function selfSigned(folder: string, name: string): Pair {
  const [key, pem] = [join(folder, `${name}-self.key`), join(folder, `${name}-self.pem`)]
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  openssl(
    'req',
    '-x509',
    ...CURVE,
    '-keyout',
    key,
    '-out',
    pem,
    '-days',
    String(USUAL_DAYS),
    ...subject,
  )
  return { certificate: read(pem), key: read(key) }
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' })
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}
