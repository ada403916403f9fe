/** Links are judged by their parsed host: a look-alike host or a known host hidden in a query must not pass for the real one. */
import type { CodeTable, LinkRule } from './code-table.ts'

export type Link = {
  /** Lower case, without `://`. */
  readonly scheme: string
  /** Lower case; empty when the link has none. */
  readonly host: string
  /** From the first `/`, as written, without query and fragment; `/` at least. */
  readonly path: string
  /** As written, and names the payee: everything behind the host on the web, everything behind `://` elsewhere, where a host is a word of its own. */
  readonly token: string
}

const SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]*)([^?#]*)([^]*)$/i
const HOST = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/
const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: ':80', https: ':443' }

/** Null when the text is not a link at all. A link with credentials, a strange port or a strange host gets an empty host. */
export function parseLink(text: string): Link | null {
  const [, scheme = '', authority = '', path = '', rest = ''] = SHAPE.exec(text) ?? []
  if (scheme === '') return null
  const lower = scheme.toLowerCase()
  const port = DEFAULT_PORTS[lower] ?? ''
  const named = authority.toLowerCase()
  const host = port !== '' && named.endsWith(port) ? named.slice(0, -port.length) : named
  return {
    scheme: lower,
    host: HOST.test(host) ? host : '',
    path: path === '' ? '/' : path,
    token: (port === '' ? authority : '') + path + rest,
  }
}

/** The class the table gives to this link, or `UNKNOWN_URL`. */
export function classifyLink(link: Link, table: CodeTable): string {
  return table.links.find((rule) => fits(link, rule))?.class ?? 'UNKNOWN_URL'
}

function fits(link: Link, rule: LinkRule): boolean {
  const web = link.scheme === 'https' || link.scheme === 'http'
  if (rule.scheme === 'web' ? !web : link.scheme !== rule.scheme) return false
  if (rule.host !== null && rule.host !== link.host) return false
  // Alphanumeric mode of a QR code has capitals only, so paths are compared without regard to case.
  return link.path.toLowerCase().startsWith(rule.path)
}
