/**
 * The token in the fragment of the address with which the page was opened. It is taken out of the address bar at once and
 * kept for reloads of this tab only; a fragment is never sent, and `sessionStorage` is not sent with requests either.
 */

const STORED_AS = 'suretill.token'
const FRAGMENT = /^#([0-9A-Za-z]{16,64})$/

/** Returns what gives the token, empty when the page never had one. `onNew` is called when a new one is typed into the address bar. */
export function launchToken(onNew: () => void): () => string {
  takeFragment()
  addEventListener('hashchange', () => {
    if (takeFragment()) onNew()
  })
  return () => sessionStorage.getItem(STORED_AS) ?? ''
}

function takeFragment(): boolean {
  const token = FRAGMENT.exec(location.hash)?.[1]
  if (token === undefined) return false
  sessionStorage.setItem(STORED_AS, token)
  history.replaceState(null, '', location.pathname + location.search)
  return true
}
