import { Button, FieldError, type IconName } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { QuestionField } from './QuestionField.tsx';
import type { PhotoPlace } from './Photos.tsx';
import type { Filling } from './use-filling.ts';
import { useEffect, useRef } from 'preact/hooks';

/** In a preview nothing is added. */
const nowhere: PhotoPlace = { stream: undefined, known: [], add: () => undefined };

/** The questions of the page that is open, with their places for answers. The same for who answers and for who looks at what they made. */
export function FillingQuestions({ filling, note, photos = nowhere }: { filling: Filling; note: string | undefined; photos?: PhotoPlace }) {
  const { t } = useWords();
  const { here, pages } = filling;
  const page = useRef<HTMLDivElement>(null);
  const stood = useRef(here);
  // Whoever turns the page is at its beginning, and not on a button that has become another.
  useEffect(() => {
    if (stood.current === here) return;
    stood.current = here;
    page.current?.focus({ preventScroll: true });
    page.current?.scrollIntoView({ block: 'start' });
  }, [here]);
  return <div ref={page} class="form survey-page" tabIndex={-1} role="group" aria-label={pages > 1 ? t('survey.pageOf', { n: here + 1, of: pages }) : undefined}>
    {here === 0 && note && <p class="long survey-note">{note}</p>}
    {filling.questions.map((one) => <div key={one.id} data-asked={one.id}>
      <QuestionField question={one} photos={photos} value={filling.values[one.id]} onChange={(value) => filling.change(one.id, value)}
        error={filling.pressed && filling.lacking.includes(one) ? t('survey.pleaseAnswer') : undefined} />
    </div>)}
  </div>;
}

interface FootProps {
  readonly filling: Filling;
  readonly last: { readonly label: string; readonly icon?: IconName | undefined; readonly busy?: string | undefined; readonly disabled?: boolean | undefined };
  /** Pressed on the last page, with nothing lacking. */
  readonly onDone: () => void;
}

/** What leads from page to page, and at the end of them to the deed. */
export function FillingFoot({ filling, last, onDone }: FootProps) {
  const { t } = useWords();
  const { here, pages, isLast, lacking, pressed } = filling;
  const on = (): void => {
    const done = filling.next();
    const [first] = lacking;
    // To what is lacking, which may be out of sight.
    if (first) document.querySelector<HTMLElement>(`[data-asked="${CSS.escape(first.id)}"] :is(input, textarea, select, button)`)?.focus();
    else if (done) onDone();
  };
  return <>
    {pressed && lacking.length > 0 && <FieldError>{t('survey.lacking', { n: lacking.length })}</FieldError>}
    {pages > 1 && <p class="sub" role="status">{t('survey.pageOf', { n: here + 1, of: pages })}</p>}
    <div class={here > 0 ? 'halves' : undefined}>
      {here > 0 && <Button tall onClick={filling.back}>{t('survey.pageBack')}</Button>}
      {isLast
        ? <Button kind="main" wide icon={last.icon} busy={last.busy} disabled={last.disabled} onClick={on}>{last.label}</Button>
        : <Button kind="main" wide onClick={on}>{t('survey.pageNext')}</Button>}
    </div>
  </>;
}
