/** 保存・黒塗り: how long words are kept, and how two people together take some out for good. */
import { feature } from '@noroshi/foundations/sync';
import { keepingFacts } from './facts.ts';
import { beginAudit, findAudit, noteAudit } from './audit.ts';
import { askDisposal, decideDisposal, dispose } from './disposal.ts';
import { liftHold, putHold } from './hold.ts';
import { kept, redactions } from './questions.ts';
import { approveRedaction, declineRedaction, proposeRedaction } from './redact.ts';
import { raiseLeast, setTerm } from './term.ts';

export { keepingFacts };
export { approveRedaction, askDisposal, decideDisposal, declineRedaction, kept, liftHold, proposeRedaction, putHold, raiseLeast, redactions, setTerm };
export { auditStream, findAudit, type AuditLine } from './audit.ts';
export { keptStream } from './book.ts';
export { disposal, type Disposal } from './disposal.ts';
export { dueFrom, endOf, terms, yearsFor } from './term.ts';
export { parts, redaction, type Part, type Redaction } from './redaction.ts';

export const keeping = feature('keeping', { ...keepingFacts, deeds: [proposeRedaction, approveRedaction, declineRedaction, putHold, liftHold, setTerm, raiseLeast, askDisposal, decideDisposal, dispose, beginAudit, noteAudit], questions: [redactions, kept, findAudit] });
