/** Papers: A4 sheets with an embedded Japanese font. */
export { A4, type A4Options, type Column, type Run, type Words } from './a4.server.ts';
