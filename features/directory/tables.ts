/** Reading and writing tables of people, and of anything else. */
export { readCsv, writeCsv, type CsvRow } from './csv.ts';
export { numberIn, type NumberRead } from './cells.ts';
