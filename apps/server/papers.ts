import { chronologyPapers } from '@noroshi/features/chronology/papers';
import { auditTable } from '@noroshi/features/keeping/audit-table';
import { takesAudit } from '@noroshi/features/record/taken-out';
import type { PapersOf } from '@noroshi/features/record/server';
import { chronicled } from '../chronicled.ts';

/** What goes with a part of the record to be read: the chronology of what was asked for (of a single room there is none), and the audit as a table where it was taken along. */
export const papers: PapersOf = async function* ({ stair, actor, asked, words }) {
  const { incident, room, from, until } = asked;
  if (room === undefined) yield* chronologyPapers({ stair, actor, tells: chronicled, words, incident, from, until });
  if (takesAudit(actor, asked)) yield { name: 'audit.csv', data: bytesOf(auditTable(stair, actor, { from, until }, words.language)) };
};

async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text);
}
