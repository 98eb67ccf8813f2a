import { incident as incidentNoun, incidentSays, type Incident } from '@noroshi/features/incident';
import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Field, FieldError, Loading, Page, ToggleChips } from '@noroshi/foundations/ui';
import { fromLocal, type Id } from '@noroshi/foundations/kernel';
import { useFrame, useLine, useLive, useRoute, useSending, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useRef, useState } from 'preact/hooks';
import type { Post } from '../board-post.ts';
import { amendPlan, cancelPlan, planPost, type PlanSaid } from '../plan-post.ts';
import type { PlannedPost } from '../planned-post.ts';
import { postNow, type PostSaid } from '../post-now.ts';
import { amendPost } from '../tend-post.ts';
import { BodyField } from './BodyField.tsx';
import { FilesField } from './FilesField.tsx';
import { RichText } from './RichText.tsx';
import { readBoards, readersOf, type BoardNow } from './known.ts';
import { asWritten, contentOf, emptyWritten, type Written } from './written.ts';
import './board.css';

/** What is being written: a new notice, the next version of one, or one that is still to be posted. */
interface Begun { readonly written: Written; readonly post?: Post | undefined; readonly plan?: PlannedPost | undefined; readonly incidents: readonly Incident[]; readonly boards: readonly BoardNow[] }

/** 掲示を書く・直す・予約を直す. */
export default function WritePage() {
  const { t, language } = useWords();
  const frame = useFrame();
  const route = useRoute();
  const [wanted, postId, planId, again] = ['board', 'post', 'plan', 'again'].map((name) => route.search.get(name) ?? undefined);
  const place = `board/write/${postId ?? planId ?? 'new'}`;
  const begun = useLive(async (stair): Promise<Begun> => {
    const { boards } = await readBoards(stair, language);
    const refused = again ? await stair.replica.outbox.item.where('id').equals(again).first() : undefined;
    const kept = await stair.replica.outbox.draft.get(place);
    const post = boards.flatMap(({ posts }) => posts).find(({ id }) => id === postId)?.value;
    const plan = boards.flatMap(({ plans }) => plans).find(({ id }) => id === planId);
    const board = boards.find(({ id, posts, plans }) => id === wanted || posts.some((doc) => doc.id === postId) || plans.some((one) => one.id === planId))?.id;
    const written = refused ? asWritten(refused.input as PostSaid | PlanSaid) : kept ? { ...emptyWritten, ...(JSON.parse(kept.text) as Written) } : post ? { ...asWritten({ ...post, board: board! }), sees: post.rev } : plan ? asWritten(plan) : { ...emptyWritten, board };
    const incidents = (await stair.replica.all<Incident>(incidentNoun.noun)).map(({ value }) => value).filter(({ closedAt, id }) => closedAt === undefined || id === written.incident);
    return { boards: boards.filter((one) => one.mayWrite), written, post, plan, incidents };
  }, [place, wanted, again, language]);
  // What comes in while one writes changes nothing under the hands.
  const first = useRef<{ place: string; begun: Begun } | undefined>(undefined);
  if (begun && first.current?.place !== place && begun.boards.length > 0 && (!postId || begun.post) && (!planId || begun.plan)) first.current = { place, begun };
  if (first.current?.place === place) return <Writing key={place} begun={first.current.begun} place={place} again={again} />;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('board.new')} back={{ label: t('app.back'), href: '/board', close: true }} />{frame.bands}</>}>
      {begun ? <WhenWhole><EmptyNote>{t(begun.boards.length === 0 ? 'board.notWriter' : 'refusal.board.postNotFound')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Writing({ begun: { written: from, post, plan, incidents, boards }, place, again }: { begun: Begun; place: string; again: Id | undefined }) {
  const words = useWords();
  const { t } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const line = useLine();
  const sending = useSending();
  const { draft: table } = stair.replica.outbox;
  const board = (id: Id | undefined): BoardNow => boards.find((one) => one.id === id) ?? boards[0]!;
  const fitted = (now: Written): Written => {
    const { id, categories } = board(now.board);
    return { ...now, board: id, category: categories.some((one) => one.id === now.category) ? now.category : categories[0]!.id };
  };
  const [now, set] = useState<Written>(fitted(from));
  const [pressed, press] = useState(false);
  const here = board(now.board);
  const fixed = post !== undefined || plan !== undefined;
  const change = (more: Partial<Written>): void => {
    const next = fitted({ ...now, ...more, ...(post ? { sees: post.rev } : {}) });
    set(next);
    void table.put({ place, text: JSON.stringify(next), at: stair.now() });
  };
  const { content, wrong } = contentOf(now, t('board.confirmed'));
  const of = incidents.find(({ id }) => id === now.incident);
  const drill = of?.drill ?? post?.drill ?? plan?.drill ?? false;
  const readers = readersOf(here).filter(({ person }) => person !== stair.actor.person).length;
  const done = async (to: string): Promise<void> => {
    if (again) await stair.drop(again);
    await table.delete(place);
    route.go(to, { replace: true });
  };
  const send = async (): Promise<void> => {
    press(true);
    if (wrong.size > 0) return;
    const due = fromLocal(now.due);
    const on = { board: here.id, ...content };
    const told = post ? await sending.send(amendPost, { ...on, post: post.id, sees: post.rev })
      : plan ? await sending.send(amendPlan, { ...on, plan: plan.id, due: due! })
      : now.later ? await sending.send(planPost, { ...on, due: due!, ...(now.incident ? { incident: now.incident } : {}) })
      : await sending.send(postNow, { ...on, ...(now.incident ? { incident: now.incident } : {}) });
    if (told) await done(post ? `/board/${here.id}/${post.id}` : plan || now.later ? '/board' : `/board/${here.id}/${told}`);
  };
  const error = (what: 'title' | 'text' | 'due' | 'mustDue', key: 'refusal.board.titleMissing' | 'refusal.board.nothingWritten' | 'refusal.board.planIsPast' | 'refusal.board.dueIsPast'): string | undefined => (pressed && wrong.has(what) ? t(key) : undefined);
  const time = (name: 'due' | 'until' | 'mustDue') => ({ type: 'datetime-local' as const, value: now[name], onInput: (e: { currentTarget: HTMLInputElement }) => change({ [name]: e.currentTarget.value }) });
  const title = post ? t('board.editTitle', { n: post.rev + 1 }) : t(plan ? 'board.planTitle' : 'board.new');
  const label = post ? t('board.saveAmend', { n: post.rev + 1 }) : plan ? t('board.savePlan') : line.state !== 'open' ? t('board.keep') : now.later ? t('board.plan') : now.must ? t('board.postMust', { n: readers }) : t('board.post');
  const page = (
    <Page skipLabel={frame.skipLabel} content="form"
      head={<>
        <Bar title={<>{drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{title}</>} subtitle={here.name} back={{ label: t('board.leave'), close: true, href: post ? `/board/${here.id}/${post.id}` : '/board' }} />
        {line.state !== 'open' && frame.bands}
      </>}
      foot={<>
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        {!post && <p class="sub">{t('board.reaches', { board: here.name, n: readers })}</p>}
        <Button kind="main" wide icon={now.later ? 'clock' : 'send'} busy={sending.busy ? t('board.sending') : undefined} onClick={() => void send()}>{label}</Button>
      </>}>
      {post && from.sees !== undefined && from.sees < post.rev && (
        <div class="body-newer" role="status">
          <p>{t('board.newerMeanwhile', { rev: post.rev })}</p>
          <RichText body={post.body} />
        </div>
      )}
      {boards.length > 1 && !fixed && <Chips legend={t('board.which')} value={here.id} onChange={(id) => change({ board: id })} choices={boards.map(({ id, name }) => ({ value: id, label: name }))} />}
      <Field label={t('board.field.title')} error={error('title', 'refusal.board.titleMissing')}>{(wiring) => <input {...wiring} maxLength={80} value={now.title} onInput={(e) => change({ title: e.currentTarget.value })} />}</Field>
      <div class="cols">
        <Field label={t('board.category')}>{(wiring) => <select {...wiring} value={now.category} onChange={(e) => change({ category: e.currentTarget.value })}>{here.categories.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>}</Field>
        {incidents.length > 0 && !fixed && <Field label={t('board.field.incident')}>{(wiring) => (
          <select {...wiring} value={now.incident} onChange={(e) => change({ incident: e.currentTarget.value })}>
            <option value="">{t('board.noIncident')}</option>
            {incidents.map((one) => <option key={one.id} value={one.id}>{incidentSays(one, words)}</option>)}
          </select>
        )}</Field>}
      </div>
      <BodyField text={now.text} onChange={(text) => change({ text })} error={error('text', 'refusal.board.nothingWritten')} />
      <FilesField board={here.id} files={now.attachments} onChange={(attachments) => change({ attachments })} />
      {!fixed && <Chips legend={t('board.field.when')} value={now.later ? 'later' : 'now'} onChange={(when) => change({ later: when === 'later' })} choices={[{ value: 'now', label: t('board.now'), whole: true }, { value: 'later', label: t('board.later'), note: t('board.laterSays'), whole: true }]} />}
      {now.later && <Field label={t('board.field.due')} error={error('due', 'refusal.board.planIsPast')}>{(wiring) => <input {...wiring} {...time('due')} />}</Field>}
      <Chips legend={t('board.field.must')} value={now.must ? 'yes' : 'no'} onChange={(must) => change({ must: must === 'yes' })} choices={[{ value: 'no', label: t('board.mustNo'), whole: true }, { value: 'yes', label: t('board.mustYes'), note: t('board.mustYesSays'), whole: true }]} />
      {now.must && (
        <div class="cols">
          <Field label={t('board.field.mustDue')} error={error('mustDue', 'refusal.board.dueIsPast')}>{(wiring) => <input {...wiring} {...time('mustDue')} />}</Field>
          <Field label={t('board.field.answers')} hint={t('board.field.answersSays')}>{(wiring) => <input {...wiring} maxLength={110} placeholder={t('board.confirmed')} value={now.answers} onInput={(e) => change({ answers: e.currentTarget.value })} />}</Field>
        </div>
      )}
      <Field label={t('board.field.until')} hint={t('board.field.untilSays')}>{(wiring) => <input {...wiring} {...time('until')} />}</Field>
      <ToggleChips legend={t('board.field.more')} values={[...(now.comments ? ['comments' as const] : []), ...(now.pinned ? ['pinned' as const] : [])]} onChange={(values) => change({ comments: values.includes('comments'), pinned: values.includes('pinned') })}
        choices={[{ value: 'comments', label: t('board.withComments') }, { value: 'pinned', label: t('board.withPin') }]} />
      {plan && <Button kind="quiet" class="danger" onClick={async () => { if (await sending.send(cancelPlan, { board: here.id, plan: plan.id })) await done('/board'); }}>{t('board.cancelPlan')}</Button>}
    </Page>
  );
  return drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}
