import type { Id } from '@noroshi/foundations/kernel';
import { FieldError } from '@noroshi/foundations/ui';
import { useLine, useSending, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef } from 'preact/hooks';
import { look } from '../look.ts';

/** Headquarters has opened a survey: its person comes in where it is answered, and what comes down from then on stands on the page by itself. */
export function Looks({ orgs }: { orgs: readonly Id[] }) {
  const { t } = useWords();
  const line = useLine();
  const sending = useSending();
  const asked = useRef(false);
  const online = line.state === 'open';
  useEffect(() => {
    if (!online || asked.current) return;
    asked.current = true;
    // What was not decided is asked again with the next line.
    void sending.send(look, { orgs: [...orgs] }).then((told) => { asked.current = told !== undefined; });
  }, [online]);
  return sending.trouble && online ? <FieldError>{sending.trouble}</FieldError> : <p class="form sub" role="status">{t(online ? 'survey.looking' : 'survey.lookNeedsLine', { n: orgs.length })}</p>;
}
