/** 記録・証明: what was said and done keeps its place, and who doubts it can see for themselves. */
export { Frontier, leafOf } from './proof/tree.ts';
export { hashOfLeaf, leafFor, type Envelope, type Leaf } from './proof/leaf.ts';
export { fingerprint, readCheckpoint, readKey, readNote, signatureBy, splitNotes, type Checkpoint, type PublicKey } from './proof/note.ts';
