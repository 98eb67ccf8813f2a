import { closeIncident, type Incident } from '@noroshi/features/incident';
import { Button, FieldError, Sheet } from '@noroshi/foundations/ui';
import { useRoute, useSending, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { realNow } from '../control.ts';

/** Before a drill ends: as it was meant to, or because something real has happened. */
export function EndSheet({ real, of, onClose }: { real: boolean; of: Incident; onClose: () => void }) {
  const { t } = useWords();
  const route = useRoute();
  const sending = useSending();
  // The state that one looked at when one decided.
  const [seen] = useState(of.revision);
  const end = async (): Promise<void> => {
    if (await sending.send(real ? realNow : closeIncident, { incident: of.id, seen })) route.go(real ? '/incident/open' : `/drills/${of.id}/result`, { replace: true });
  };
  return (
    <Sheet title={t(real ? 'drill.realTitle' : 'drill.end')} closeLabel={t('app.close')} onClose={onClose}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind={real ? 'danger' : 'main'} wide busy={sending.busy ? t('app.loading') : undefined} onClick={() => void end()}>{t(real ? 'drill.realDo' : 'drill.end')}</Button></>}>
      <div class="form"><p>{real ? t('drill.realSays', { name: of.name }) : t('drill.endSays')}</p></div>
    </Sheet>
  );
}
