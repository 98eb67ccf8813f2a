/** Made when the application is built: the sentences of the first screens, those that explain the screens, and the others. See build/sentences.ts. */
declare module 'virtual:sentences/*' {
  const sentences: import('../fold.ts').Folded;
  export default sentences;
  /** The other pieces, where it comes in several. */
  export const more: readonly (() => Promise<typeof import('virtual:sentences/*')>)[] | undefined;
}
