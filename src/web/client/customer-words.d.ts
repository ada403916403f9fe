/** The words of a language without what only the cashier is told; made by the build (`vite.config.ts`). */
declare module 'customer-words/*' {
  const words: Omit<import('./words.ts').Words, 'locale'>
  export default words
}
