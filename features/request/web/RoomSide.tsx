import { Button, FourNumbers, RequestLine, RoomRow, SectionHead, State, type StateKind } from '@noroshi/foundations/ui';
import { useLive, useWords } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import type { Words } from '@noroshi/foundations/i18n';
import type { DispatchRequest } from '../dispatch-request.ts';
import { standing, sumsOf } from '../sums.ts';
import { dutyOfOrg, isOver } from './duties.ts';
import { readNames, readRequests, type Names } from './known.ts';
import { lineSays } from './says.ts';
import { dutyOf, fourWords } from './words.ts';

/** Beside a talk on the desk: what is asked for here, line by line, and who has not answered. */
export default function RoomSide({ room }: { readonly room: string }) {
  const words = useWords();
  const { t, language } = words;
  const held = useLive(async (stair) => ({
    open: (await readRequests(stair, { room })).map(({ now }) => now).filter((one) => !isOver(one)),
    names: await readNames(stair, room, language),
  }), [room, language]);
  if (!held) return null;
  return <>{held.open.map((one) => <One key={one.id} request={one} names={held.names} words={words} title={`${t('request.title')} ${one.no}`} />)}</>;
}

function One({ request, names, words, title }: { request: DispatchRequest; names: Names; words: Words; title: string }) {
  const { t } = words;
  const { lines, total } = sumsOf(request);
  const { primary, secondaries } = request.supporters;
  return (
    <section>
      <SectionHead level={3} title={title} />
      <div class="form">
        <FourNumbers {...total} labels={fourWords(words)} />
        {lines.map((l) => (
          <RequestLine key={l.line.id} {...l} name={`${dutyOf(l.line, words)}　${t('request.people', { n: l.needed })}`}
            words={lineSays(l, words)}
            label={t('request.units', { duty: dutyOf(l.line, words), needed: l.needed, committed: l.committed, arrived: l.arrived })} />
        ))}
        <Button wide href={`/request/${request.id}`}>{t('request.open')}</Button>
      </div>
      {[...new Set([primary, ...secondaries])].map((org) => {
        const { kind, says } = partOf(request, org, words);
        return (
          <RoomRow key={org} href={`/request/${request.id}`} mark={names.short(org)} name={names.org(org)}
            says={t(org === primary ? 'incident.part.primary' : 'incident.part.secondary')} end={<State kind={kind}>{says}</State>} />
        );
      })}
    </section>
  );
}

/** How it stands with a supporter, in one word. */
function partOf(request: DispatchRequest, org: Id, { t }: Words): { kind: StateKind; says: string } {
  const answers = Object.values(request.answers).filter((answer) => answer.org === org);
  const committed = answers.reduce((sum, answer) => sum + standing(answer), 0);
  const considering = answers.reduce((sum, answer) => sum + (answer.considering?.count ?? 0), 0);
  if (committed > 0) return { kind: 'ok', says: t('request.cell.committed', { count: committed }) };
  if (considering > 0) return { kind: 'doing', says: t('request.cell.considering', { count: considering }) };
  if (dutyOfOrg(request, org)?.owes === 'answer') return { kind: 'urgent', says: t('request.cell.noAnswer') };
  return { kind: 'quiet', says: t(request.receipts[org] ? 'request.cell.heard' : 'request.cell.none') };
}
