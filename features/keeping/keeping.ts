/** 保存・黒塗り: how long words are kept, and how two people together take some out for good. */
import type { Redacts } from '@noroshi/foundations/redacts';
import { feature, type Feature } from '@noroshi/foundations/sync';
import { auditFacts, beginAudit, findAudit, noteAudit } from './audit.ts';
import { bookFacts } from './book.ts';
import { askDisposal, decideDisposal, disposalFacts, dispose } from './disposal.ts';
import { holdFacts, liftHold, putHold } from './hold.ts';
import { kept, redactions, saidThere } from './questions.ts';
import { approveRedaction, declineRedaction, proposeRedaction } from './redact.ts';
import { approved, declined, proposed, redacted, redaction, teach } from './redaction.ts';
import { raiseLeast, setTerm, termFacts } from './term.ts';

export { approveRedaction, askDisposal, decideDisposal, declineRedaction, kept, liftHold, proposeRedaction, putHold, raiseLeast, redactions, saidThere, setTerm };
export { auditStream, findAudit, type AuditLine } from './audit.ts';
export { keptStream } from './book.ts';
export { disposal, type Disposal } from './disposal.ts';
export { dueFrom, endOf, terms, yearsFor } from './term.ts';
export { parts, redaction, type Part, type Redaction } from './redaction.ts';

/** @param redacts what of the things of this house can be blacked out, beside messages: each room says its own */
export function keepingOf(redacts: readonly Redacts[]): Feature {
  teach(redacts);
  return feature('keeping', {
    events: [...bookFacts.events, proposed, declined, approved, redacted, ...holdFacts.events, ...termFacts.events, ...disposalFacts.events, ...auditFacts.events],
    nouns: [...bookFacts.nouns, redaction, ...holdFacts.nouns, ...termFacts.nouns, ...disposalFacts.nouns],
    deeds: [proposeRedaction, approveRedaction, declineRedaction, putHold, liftHold, setTerm, raiseLeast, askDisposal, decideDisposal, dispose, beginAudit, noteAudit], questions: [redactions, kept, findAudit, saidThere],
  });
}
