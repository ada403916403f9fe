/** Which address is answered by what. Host, Origin and token come first: whoever is not let in learns not even what there is. */
import type { IncomingMessage } from 'node:http'
import type { ParametersSource } from '#shell/api/parameters-view.ts'
import type { ReportSource } from '#shell/api/report-view.ts'
import type { ScreensApi } from '#shell/api/screens-api.ts'
import type { CodePicture, SlipLinkSource, SupportSource } from '#shell/api/support-view.ts'
import { type Answer, inJson, inWords } from './answer.ts'
import type { BuiltPages } from './built-pages.ts'
import { isOwnRequest } from './same-page.ts'
import { bearerOf, fitsToken } from './screen-token.ts'

export type AnswerParts = {
  readonly api: ScreensApi
  readonly pages: BuiltPages
  readonly parameters: ParametersSource | undefined
  readonly report: ReportSource | undefined
  readonly slipLink: SlipLinkSource | undefined
  readonly support: SupportSource | undefined
  readonly token: string
  /** Of the server; known once it listens. */
  readonly ownPort: () => number
}

const SLIP = /^\/api\/slips\/([A-Za-z0-9_.:-]{1,64})\.svg$/

/** Rejects when the terminal itself fails. */
export async function answerTo(request: IncomingMessage, parts: AnswerParts): Promise<Answer> {
  const { headers, method, url = '' } = request
  if (!isOwnRequest(headers, parts.ownPort()))
    return inWords(403, 'This address is for the screens only.')
  const [path = '', query = ''] = url.split('?')
  // The pages are the same for everybody and empty; what the terminal knows is for screens that have its token.
  if (path.startsWith('/api/') && !fitsToken(bearerOf(headers), parts.token))
    return inWords(401, 'Open the address that the terminal printed.')
  if (method !== 'GET' && method !== 'HEAD') return inWords(405, 'Nothing is done here.')
  const answer = path.startsWith('/api/')
    ? await ofTerminal(path, query, parts)
    : await parts.pages(path)
  return answer ?? inWords(404, 'There is nothing here.')
}

async function ofTerminal(
  path: string,
  query: string,
  { api, parameters, report, slipLink, support }: AnswerParts,
): Promise<Answer | null> {
  switch (path) {
    case '/api/alive':
      return { status: 204 }
    case '/api/view':
      return inJson(api.view())
    case '/api/report': {
      // Reads on the disk for a while.
      const view = await report?.(localeIn(query)).catch(() => null)
      return view == null ? inWords(503, 'No report can be made now.') : inJson(view)
    }
    case '/api/parameters':
      // Told only while a supervisor has that page open at the counter: the terminal decides who may, this asks what it decided.
      return parameters === undefined || api.view().counter.kind !== 'parameters'
        ? inWords(403, 'Open the settings from the menu first.')
        : inJson(await parameters(localeIn(query)))
    case '/api/support':
      return ofCode(support?.(api.view()))
    case '/api/slip-link':
      return ofCode(slipLink?.())
    default: {
      const id = SLIP.exec(path)?.[1]
      const svg = id === undefined ? null : api.slipSvg(id)
      return svg === null ? null : { status: 200, type: 'image/svg+xml', body: svg, fresh: true }
    }
  }
}

function ofCode(code: CodePicture | null | undefined): Answer | null {
  return code == null ? null : inJson(code)
}

function localeIn(query: string): 'zh-CN' | 'en' {
  return new URLSearchParams(query).get('lang') === 'en' ? 'en' : 'zh-CN'
}
