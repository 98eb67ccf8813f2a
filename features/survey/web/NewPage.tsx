import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { wordsBegun } from '@noroshi/features/talk/web';
import { Bar, EmptyNote, Icon, IconButton, Loading, Page, RoomRow, SectionHead, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLive, useRoute, useSending, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { mayDrop, dropTemplate, template as templateNoun, type Template } from '../template.ts';
import { templateIn, templateNames } from '../templates.ts';
import { begunIn, emptyWritten, type Written } from '../written.ts';
import { beginDraft, dropDraft, readDrafts } from './drafts.ts';
import { readSurveys } from './known.ts';
import './survey.css';

/** With what a form begins: what was half made, nothing, a template of the house, or one that somebody kept. */
export default function NewPage() {
  const words = useWords();
  const { t, language, moment } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const sending = useSending();
  const talk = route.search.get('room') ?? undefined;
  const here = useLive(async (s) => ({
    known: await readSurveys(s, language), drafts: await readDrafts(s),
    kept: (await s.replica.all<Template>(templateNoun.noun)).map(({ value }) => value).filter(({ dropped }) => !dropped),
    // What is asked in the twin room of a drill is of the drill.
    drill: talk ? (await s.replica.get<Room>(roomNoun.noun, talk))?.drill : undefined,
    words: talk ? (await wordsBegun(s, talk)).words : '',
  }), [talk, language]);
  const begin = async (written: Written): Promise<void> =>
    route.go(`/survey/write/${await beginDraft(stair, talk && here ? begunIn(written, { room: talk, words: here.words }, here.drill) : written)}`, { replace: talk !== undefined });
  // What the words of the talk become: a short one is the title alone.
  const brought = here?.words && talk ? begunIn(emptyWritten, { room: talk, words: here.words }, undefined) : undefined;
  const may = here && here.known.askable.length > 0;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('survey.make.new')} back={{ label: t('app.back'), href: talk ? `/talk/${talk}` : '/survey' }} />{frame.bands}</>}>
      {!here && <Loading>{t('app.loading')}</Loading>}
      {here && !may && <WhenWhole><EmptyNote>{t('refusal.survey.notAllowed')}</EmptyNote></WhenWhole>}
      {may && brought && <div class="survey-brought"><p class="hint">{t(brought.note ? 'survey.make.fromTalk' : 'survey.make.fromTalkTitle')}</p><p class="quote">{here.words}</p></div>}
      {may && here.drafts.length > 0 && <section>
        <SectionHead title={t('survey.make.drafts')} />
        <ul>{here.drafts.map(({ id, written, at }) => (
          <li key={id} class="survey-row"><RoomRow href={`/survey/write/${id}`} mark={<Icon name="edit" />} name={written.title || t('survey.make.untitled')} says={`${t('survey.make.count', { n: written.form.length })}　${moment(at)}`} />
            <IconButton icon="close" label={t('survey.make.draftDrop', { title: written.title || t('survey.make.untitled') })} onClick={() => void dropDraft(stair, id)} /></li>
        ))}</ul>
      </section>}
      {may && <section>
        <SectionHead title={t('survey.make.templates')} />
        <RoomRow onClick={() => void begin(emptyWritten)} mark={<Icon name="plus" />} name={t('survey.make.blank')} says={t('survey.make.blankSays')} />
        {templateNames.map((name) => { const written = templateIn(name, words); return (
          <RoomRow key={name} onClick={() => void begin(written)} mark={<Icon name="doc" />} name={<>{written.title}{written.anonymous && <> <Tag>{t('survey.make.anonymous')}</Tag></>}</>} says={`${t('survey.make.count', { n: written.form.length })}　${written.note}`} />
        ); })}
      </section>}
      {may && here.kept.length > 0 && <section>
        <SectionHead title={t('survey.make.keptOnes')} />
        {sending.trouble && <p class="error">{sending.trouble}</p>}
        <ul>{here.kept.map((one) => (
          <li key={one.id} class="survey-row"><RoomRow onClick={() => void begin({ ...emptyWritten, title: one.title, note: one.note, form: one.form })} mark={<Icon name="star" />} name={one.title} says={`${here.known.org(one.org)}　${t('survey.make.count', { n: one.form.length })}`} />
            {mayDrop(stair.actor, one).ok && <IconButton icon="close" label={t('survey.make.templateDrop', { title: one.title })} onClick={() => void sending.send(dropTemplate, { template: one.id })} />}</li>
        ))}</ul>
      </section>}
    </Page>
  );
}
