import { Bar, Chips, EmptyNote, Page } from '@noroshi/foundations/ui';
import { useFrame, useRoute, useStair, useWords } from '@noroshi/foundations/web';
import AuditPage from './AuditPage.tsx';
import AskRedaction from './AskRedaction.tsx';
import KeptPart from './KeptPart.tsx';
import RedactionsPart from './RedactionsPart.tsx';
import { meant, type Target } from '../redaction.ts';
import './keeping.css';

/** The one door of this room: what there is to decide; or, from a message, the asking. */
export default function Door() {
  return useRoute().path === '/audit' ? <AuditPage /> : <Keeping />;
}

function Keeping() {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const { search } = useRoute();
  const target = targetIn(search);
  const of = target && meant(target);
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t(target ? 'keeping.redact' : 'keeping.title')} back={{ label: t('app.back'), href: target?.message !== undefined ? `/talk/${target.room}` : target ? '/keeping' : '/more' }} />{frame.bands}</>}>
      {actor.role !== 'administrator' && !target ? <EmptyNote>{t('refusal.keeping.notAllowed')}</EmptyNote> : target ? of ? <AskRedaction target={target} /> : <EmptyNote>{t('refusal.keeping.notFound')}</EmptyNote> : <Parts />}
    </Page>
  );
}

/** What the address asks about: a message, or another thing. */
function targetIn(search: URLSearchParams): Target | undefined {
  const [room, message, noun, id, said, under] = ['room', 'message', 'noun', 'id', 'said', 'under'].map((name) => search.get(name) ?? undefined);
  const place = room === undefined ? {} : { room };
  if (message !== undefined) return room === undefined ? undefined : { ...place, message };
  return noun === undefined || id === undefined ? undefined : { ...place, thing: { noun, id, ...(said === undefined ? {} : { said }), ...(under === undefined ? {} : { under }) } };
}

const parts = ['redactions', 'due', 'terms', 'holds'] as const;
type Part = (typeof parts)[number];

/** 黒塗り, 廃棄, 保存期間, 保全: which of them stands in the address. */
function Parts() {
  const { t } = useWords();
  const route = useRoute();
  const part = parts.find((one) => one === route.search.get('part')) ?? 'redactions';
  return (
    <>
      <Chips<Part> legend={t('keeping.parts')} quiet value={part} onChange={(value) => route.go(`/keeping?part=${value}`, { replace: true })} choices={parts.map((value) => ({ value, label: t(`keeping.parts.${value}`) }))} />
      {part === 'redactions' ? <RedactionsPart /> : <KeptPart key={part} part={part} />}
    </>
  );
}
