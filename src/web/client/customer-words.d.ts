/** Style sheets come with the page that needs them. */
declare module '*.css'

/** The words of a language without what only the cashier is told; made by the build (`vite.config.ts`). */
declare module 'virtual:customer-words/*' {
  // oxlint-disable-next-line typescript/consistent-type-imports -- a module by pattern may have no import of its own
  const words: Omit<import('./words.ts').Words, 'locale'>
  export default words
}
