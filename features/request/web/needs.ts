import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Line } from '../content.ts';

/** Kind of staff, skills and the rest of a line, in one quiet row. */
export function needsOfLine(line: Line, { t }: Words): string {
  return [
    line.jobType && t(`request.job.${line.jobType}` as Key),
    ...(line.skills ?? []).map((skill) => t(`request.skill.${skill}` as Key)),
    line.skillsText, line.genderNeed,
    line.shift && t(`request.shift.${line.shift}` as Key),
    line.substitutes,
  ].filter(Boolean).join('・');
}
