/** What a person is told: a key into config/locales and the figures to put in. The words themselves live with the screens. */
export type Message = { readonly key: string; readonly params: Readonly<Record<string, string>> }

export function message(key: string, params: Readonly<Record<string, string>> = {}): Message {
  return { key, params }
}
