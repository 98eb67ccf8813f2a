import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { Band, Bar, Button, EmptyNote, FieldError, IconLine, Loading, Page } from '@noroshi/foundations/ui';
import { useFrame, useLive, useStair, useWords } from '@noroshi/foundations/web';
import type { Refusal } from '@noroshi/foundations/kernel';
import { useState } from 'preact/hooks';
import { congestion, declareCongestion, theCongestion, type Congestion } from '../congestion.ts';

/** Whether everyone is asked to carry less, by whom and since when; for the prefecture, the button that asks it or lets go. */
export default function CongestionPage() {
  const { t, moment, refusal } = useWords();
  const frame = useFrame();
  const stair = useStair();
  const [sure, ask] = useState(false);
  const [trouble, setTrouble] = useState<Refusal>();
  const [sending, send] = useState(false);
  const now = useLive(async ({ replica, actor }) => {
    const order = await replica.get<Congestion>(congestion.noun, theCongestion().id);
    return {
      order,
      who: order && [(await replica.get<Organization>(organization.noun, order.org))?.name, (await replica.get<Person>(person.noun, order.by))?.name].filter(Boolean).join(' '),
      mayOrder: (await replica.get<Organization>(organization.noun, actor.org))?.kind === 'prefecture',
    };
  });
  const declare = async (on: boolean): Promise<void> => {
    send(true);
    setTrouble(undefined);
    const told = await stair.send(declareCongestion, { on });
    const answer = told.ok ? await told.answer : told;
    send(false);
    ask(false);
    if (!answer.ok) setTrouble({ ok: false, code: answer.code, ...(answer.params ? { params: answer.params } : {}) });
  };
  const on = now?.order?.on ?? false;
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('congestion.title')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      {!now ? <Loading>{t('app.loading')}</Loading> : (
        <>
          <p>{t('congestion.what')}</p>
          {([['talk', 'congestion.words'], ['image', 'congestion.pictures'], ['eye', 'congestion.receipts'], ['flag', 'congestion.first']] as const).map(([icon, line]) => <IconLine key={line} icon={icon}>{t(line)}</IconLine>)}
          {now.order
            ? <p><b>{t(on ? 'congestion.on' : 'congestion.off')}</b> {t('congestion.since', { who: now.who ?? '', time: moment(now.order.at) })}</p>
            : <EmptyNote>{t('congestion.never')}</EmptyNote>}
          {trouble && <FieldError>{refusal(trouble.code, trouble.params)}</FieldError>}
          {now.mayOrder && (on
            ? <Button kind="main" wide busy={sending ? t('congestion.sending') : undefined} onClick={() => void declare(false)}>{t('congestion.letGo')}</Button>
            : sure
              ? <><Band kind="low">{t('congestion.sure')}</Band><Button kind="main" wide busy={sending ? t('congestion.sending') : undefined} onClick={() => void declare(true)}>{t('congestion.order')}</Button></>
              : <Button wide onClick={() => ask(true)}>{t('congestion.ask')}</Button>)}
        </>
      )}
    </Page>
  );
}
