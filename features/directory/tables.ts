/** Reading and writing tables of people, and of anything else. */
export { readCsv, writeCsv, type CsvRow } from './csv.ts';
export { kanaIn, numberIn, wordsIn, type NumberRead } from './cells.ts';
export { international } from './address-book.ts';
