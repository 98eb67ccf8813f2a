import { Bar, Page } from '@noroshi/foundations/ui';
import { useFrame, useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import './book.css';

interface BookPageProps {
  readonly title: ComponentChildren;
  readonly subtitle?: ComponentChildren;
  /** Where the way back leads when one came from outside. */
  readonly back: string;
  readonly actions?: ComponentChildren;
  readonly foot?: ComponentChildren;
  /** `form` for the rhythm of a form. */
  readonly content?: string;
  readonly children: ComponentChildren;
}

/** The frame around each page of the directory. */
export function BookPage({ title, subtitle, back, actions, content, children, ...rest }: BookPageProps) {
  const { t } = useWords();
  const frame = useFrame();
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} content={content ? `book ${content}` : 'book'} {...rest} head={<><Bar title={title} subtitle={subtitle} back={{ label: t('app.back'), href: back }} actions={actions} />{frame.bands}</>}>
      {children}
    </Page>
  );
}
