/** 移行した記録: what was said in the tool before this one, read beside what is said here. */
import { facts, feature } from '@noroshi/foundations/sync';
import { beginImport, bringPage, stopImport, takeBackImport, takeBackPage } from './bring.ts';
import { importBegun, importDone, imported, importStopped, importTakenBack, lineGone, pastOver, theImport } from './imported.ts';
import { pageBrought, pageTakenBack, pastPage } from './page.ts';
import { keysHere, readPage } from './questions.ts';

export { beginImport, bringPage, stopImport, takeBackImport, takeBackPage } from './bring.ts';
export { goesOnWith, imported, mostLines, ofFile, standOf, theImport, type Imported } from './imported.ts';
export { lineId, lineRedacts, pageId, pageLines, pastPage, type PastLine, type PastPage } from './page.ts';
export { mostReaders, newReaders } from './new-readers.ts';
export { keysHere, readPage } from './questions.ts';

/** What this room makes true: all that a device must know to hold it. */
export const pastFacts = facts('past', { events: [importBegun, pageBrought, importDone, importStopped, importTakenBack, pageTakenBack, lineGone, pastOver], nouns: [imported, pastPage] });

export const past = feature('past', {
  ...pastFacts,
  // A page speaks of its import: whoever does not see the one reads none of the other.
  of: { [pastPage.noun]: ({ body }) => theImport(body.past) },
  deeds: [beginImport, bringPage, stopImport, takeBackImport, takeBackPage],
  questions: [readPage, keysHere],
});
