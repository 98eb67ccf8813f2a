import type { Key, Words } from '@noroshi/foundations/i18n';
import { groups, type AuditLine } from './audit.ts';

/** What a line of the audit says beside its kind, in words: for the screen and for the table. */
export function detailOf({ kind, says }: Pick<AuditLine, 'kind' | 'says'>, { t }: Words): string {
  return Object.entries(says).flatMap(([field, value]): string[] => {
    if (field === 'role') return [t(`role.${value}` as Key)];
    if (field === 'years') return [value === '0' ? t('keeping.forever') : t('keeping.years', { n: value })];
    if (field === 'times') return [t('audit.times', { n: value })];
    if (field === 'audit') return value === 'true' ? [t('record.withAudit')] : [];
    if (field === 'on') return [t(value === 'true' ? 'audit.on' : 'audit.off')];
    const paper = kind === 'audit.documentFetched' && /^\/documents\/(request|damage|drill|record)\/([^/]*)\.(\w+)$/.exec(value);
    // Enough of its number to tell it from another; the whole is hardly readable.
    if (paper) return [t(`audit.paper.${paper[1] as 'request'}`, { kind: paper[3]!.toUpperCase(), id: paper[2]!.slice(-6) })];
    if (kind !== 'audit.auditRead' && kind !== 'audit.auditExported') return [value];
    // What was looked for: its group, and the words.
    const [first = '', ...words] = value.split(' ');
    return (groups as readonly string[]).includes(first) ? [t(`audit.group.${first}` as Key), ...words] : [value];
  }).join('　');
}
