/** 保存・黒塗り: how long words are kept, and how two people together take some out for good. */
import { feature } from '@noroshi/foundations/sync';
import { keepingFacts } from './facts.ts';
import { approveRedaction, declineRedaction, proposeRedaction } from './redact.ts';
import { redactions } from './redactions.ts';

export { keepingFacts };
export { approveRedaction, declineRedaction, proposeRedaction, redactions };
export { keptStream } from './book.ts';
export { parts, redaction, type Part, type Redaction } from './redaction.ts';

export const keeping = feature('keeping', { ...keepingFacts, deeds: [proposeRedaction, approveRedaction, declineRedaction], questions: [redactions] });
