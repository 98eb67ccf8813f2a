import { Button, Field } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useRef } from 'preact/hooks';
import { bulletMark, longestBody, readBody } from '../rich.ts';
import { RichText } from './RichText.tsx';

/**
 * The text of a notice: plain lines with light marks, and beside them how they will look. A field of text is what every keyboard, every
 * Japanese input method and every screen reader handles; an editor drawn by ourselves is none of that.
 */
export function BodyField({ text, onChange, error }: { text: string; onChange: (text: string) => void; error: string | undefined }) {
  const { t } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  /** Puts a mark before each line that is chosen, or around the words. */
  const put = (mark: string, around?: boolean): void => {
    const field = area.current!;
    const { selectionStart: from, selectionEnd: to, value } = field;
    if (around) field.setRangeText(`${mark}${value.slice(from, to)}${mark}`, from, to, 'end');
    else {
      const begin = value.lastIndexOf('\n', from - 1) + 1;
      field.setRangeText(value.slice(begin, to).split('\n').map((line, i) => `${mark === '1. ' ? `${i + 1}. ` : mark}${line}`).join('\n'), begin, to, 'end');
    }
    onChange(field.value);
    field.focus();
  };
  const body = readBody(text);
  return (
    <div class="body-field">
      <Field label={t('board.field.body')} hint={t('board.field.bodySays')} error={error}>{(wiring) => (
        <>
          <div class="body-tools" role="group" aria-label={t('board.tools')}>
            <Button onClick={() => put('■ ')}>{t('board.tool.heading')}</Button>
            <Button onClick={() => put(bulletMark)}>{t('board.tool.bullet')}</Button>
            <Button onClick={() => put('1. ')}>{t('board.tool.numbered')}</Button>
            <Button onClick={() => put('**', true)}>{t('board.tool.bold')}</Button>
          </div>
          <textarea {...wiring} ref={area} class="input body-text" maxLength={longestBody * 2} value={text} onInput={(e) => onChange(e.currentTarget.value)} />
        </>
      )}</Field>
      <details class="body-preview">
        <summary>{t('board.preview')}</summary>
        {body.length > 0 ? <RichText body={body} /> : <p class="sub">{t('board.previewNone')}</p>}
      </details>
    </div>
  );
}
