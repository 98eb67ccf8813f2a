/** 記録・証明: what was said and done keeps its place, and who doubts it can see for themselves. */
import { feature } from '@noroshi/foundations/sync';
import { exportRecord } from './export-record.ts';
import { recordFacts } from './export-noun.ts';

export { exportRecord, recordFacts };
export { exported, recordExport, theExport, type RecordExport, type Selection } from './export-noun.ts';
export { Frontier, leafOf } from './proof/tree.ts';
export { hashOfLeaf, leafFor, type Envelope, type Leaf } from './proof/leaf.ts';
export { fingerprint, readCheckpoint, readKey, readNote, signatureBy, splitNotes, type Checkpoint, type PublicKey } from './proof/note.ts';

export const record = feature('record', { ...recordFacts, deeds: [exportRecord] });
