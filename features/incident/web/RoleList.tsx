import { IconLine, ItemRow, Mark, Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { SupportRole } from '../disaster.ts';
import { type Known } from './known.ts';
import { nameOf, namesOf } from './names.ts';

/** Who helps whom, one hit town after another; who takes over, and from whom. */
export function RoleList({ roles, minutes, known }: { roles: readonly SupportRole[]; /** How long the primary has. */ minutes: number; known: Known }) {
  return <>{roles.map((role) => <OneRole key={role.affected} role={role} minutes={minutes} known={known} />)}</>;
}

function OneRole({ role, minutes, known }: { role: SupportRole; minutes: number; known: Known }) {
  const { t, language, between } = useWords();
  const name = (id: string): string => nameOf(known, id, language);
  const short = (id: string): string => known.organizations.find((o) => o.id === id)?.short ?? '';
  const tookOver = role.primary === known.headquarters?.id;
  const [next] = role.secondaries;
  const assumed = role.assumed && <> <Tag kind="guess">{t('incident.assumed')}</Tag></>;
  const said = role.succeeded && tookOver ? t('incident.role.tookOver', { to: name(role.primary) })
    : role.succeeded ? t('incident.role.succeeded', { from: namesOf(known, role.succeeded.map((s) => s.from), language), to: name(role.primary) })
    : tookOver ? t('incident.role.notPlanned', { to: name(role.primary) })
    : undefined;
  return (
    <div class="incident-role">
      <ul>
        <ItemRow start={<Mark hit>{short(role.affected)}</Mark>} end={<Tag kind="hit">{t('incident.part.affected')}</Tag>}><b>{name(role.affected)}</b></ItemRow>
        <ItemRow start={<Mark>{short(role.primary)}</Mark>} end={<><Tag>{t('incident.tile.primary')}</Tag>{!tookOver && assumed}</>}>
          <b>{name(role.primary)}</b>
          <p class="sub">{t('incident.role.decide', { minutes })}</p>
        </ItemRow>
        {next !== undefined && (
          <ItemRow start={<Mark>{short(next)}</Mark>} end={<><Tag>{t('incident.tile.secondary')}</Tag>{assumed}</>}>
            <b>{name(next)}</b>{role.secondaries.length > 1 && between}{namesOf(known, role.secondaries.slice(1), language)}
            <p class="sub">{t('incident.role.prepare')}</p>
          </ItemRow>
        )}
      </ul>
      {said ? <IconLine icon="loop"><b>{said}</b></IconLine> : next !== undefined && <IconLine icon="loop">{t('incident.role.next', { primary: name(role.primary), next: name(next) })}</IconLine>}
    </div>
  );
}
