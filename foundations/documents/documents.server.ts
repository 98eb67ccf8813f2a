/** Papers: A4 sheets and long tables, with an embedded Japanese font. */
export { A4, type A4Options, type Column, type Run, type Words } from './a4.server.ts';
export { listing, type ListingOptions } from './listing.server.ts';
