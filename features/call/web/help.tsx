import { Nothing, Picture, Point, type Topic } from '@noroshi/foundations/help';
import { Button, State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import './call.css';

function CallPicture() {
  const { t } = useWords();
  return (
    <Picture>
      <Point n={1}><p class="call-says"><State kind="ok">{t('call.bears.video')}</State></p></Point>
      <Point n={2}><Button kind="main" wide icon="video" onClick={Nothing}>{t('call.callAll')}</Button></Point>
      <Point n={3}><Button icon="camera" onClick={Nothing}>{t('call.shoot')}</Button></Point>
    </Picture>
  );
}

/** What explains the screen of calls. */
export const help: readonly Topic[] = [
  { at: ['/call/:room'], title: 'call.title', says: 'help.call', steps: ['help.call.1', 'help.call.2', 'help.call.3'], offline: 'needsLine', picture: CallPicture },
];
