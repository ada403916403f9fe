/** Puts the certificates that `terminal.yaml` names in the place of their file names, or says which file is no use. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** As in `acquirer.tls`: each file by its name from the configuration folder; afterwards by its content. */
export type TlsSection = {
  readonly ca: string
  readonly serverName: string
  readonly client?: { readonly certificate: string; readonly key: string } | undefined
  readonly certificates: readonly string[]
}

export type ReadTls =
  | { readonly ok: true; readonly tls: TlsSection }
  /** Which setting, and what is wrong with it; never what stands in the file. */
  | { readonly ok: false; readonly place: string; readonly problem: string }

/** Never throws. */
export function readTlsFiles(folder: string, tls: TlsSection): ReadTls {
  const ca = readPem(folder, tls.ca, isCertificate)
  if (ca === null) return unusable('ca', tls.ca, 'certificate')
  if (tls.client === undefined) return { ok: true, tls: { ...tls, ca } }
  const certificate = readPem(folder, tls.client.certificate, isCertificate)
  if (certificate === null)
    return unusable('client.certificate', tls.client.certificate, 'certificate')
  const key = readPem(folder, tls.client.key, isPrivateKey)
  if (key === null) return unusable('client.key', tls.client.key, 'private key')
  return { ok: true, tls: { ...tls, ca, client: { certificate, key } } }
}

function unusable(setting: string, file: string, wanted: string): ReadTls {
  return {
    ok: false,
    place: `acquirer.tls.${setting}`,
    problem: `${file} holds no ${wanted} in PEM form that can be read`,
  }
}

function readPem(folder: string, file: string, isUsable: (pem: string) => boolean): string | null {
  try {
    const pem = readFileSync(resolve(folder, file), 'utf8')
    return isUsable(pem) ? pem : null
  } catch {
    // Missing, unreadable or not what it should be: the caller says which file.
    return null
  }
}

/** Throws when it is none. */
function isCertificate(pem: string): boolean {
  return new X509Certificate(pem).publicKey.type === 'public'
}

/** Throws when it is none. */
function isPrivateKey(pem: string): boolean {
  return createPrivateKey(pem).type === 'private'
}
