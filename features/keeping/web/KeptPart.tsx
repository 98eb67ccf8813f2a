import { useNames } from '@noroshi/features/directory/web';
import { incident as incidentNoun, type Incident } from '@noroshi/features/incident';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { EmptyNote, Loading, Tag } from '@noroshi/foundations/ui';
import { useAsked, useLive, useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import type { Target } from '../hold.ts';
import { kept } from '../questions.ts';
import DuePart from './DuePart.tsx';
import HoldsPart from './HoldsPart.tsx';
import TermsPart from './TermsPart.tsx';

const parts = { due: DuePart, terms: TermsPart, holds: HoldsPart } as const;

/** 廃棄, 保存期間, 保全: what the server knows of it now. */
export default function KeptPart({ part }: { part: keyof typeof parts }) {
  const { t, refusal } = useWords();
  const { told, again } = useAsked(kept, {});
  const known = useLive(async ({ replica }) => ({
    everywhere: (await replica.all<Room>(roomNoun.noun)).map(({ value }) => value),
    incidents: (await replica.all<Incident>(incidentNoun.noun)).map(({ value }) => value).toSorted((a, b) => b.openedAt - a.openedAt),
  }));
  const nameOf = useNames();
  if (told && !told.ok) return <EmptyNote>{told.code === 'line.away' ? t('keeping.needsLine') : refusal(told.code, told.params)}</EmptyNote>;
  if (!told || !known) return <Loading>{t('app.loading')}</Loading>;
  const Part = parts[part];
  const call = ({ room, incident }: Target, forAll = false): ComponentChildren => {
    const of = known.incidents.find(({ id }) => id === incident);
    return <>{of?.drill && <><Tag kind="drill">{t('home.drill')}</Tag> </>}{[of?.name, room === undefined ? incident !== undefined && forAll && t('keeping.forAll') : known.everywhere.find(({ id }) => id === room)?.name].filter(Boolean).join('　')}</>;
  };
  return <Part kept={told.value} incidents={known.incidents} rooms={known.everywhere.filter(({ kind }) => kind !== 'board')} again={again} nameOf={nameOf} call={call} />;
}
