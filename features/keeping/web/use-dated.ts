import { useWords } from '@noroshi/foundations/web';
import { useMemo } from 'preact/hooks';

/** Days and moments with their year, at the prefecture's clock: here years pass between two lines. */
export function useDated(): { readonly date: (at: number) => string; readonly dated: (at: number) => string } {
  const { language } = useWords();
  return useMemo(() => {
    const form = (more: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
      new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { timeZone: 'Asia/Tokyo', year: 'numeric', month: language === 'ja' ? 'long' : 'short', day: 'numeric', ...more });
    const [date, dated] = [form({}), form({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })];
    return { date: (at) => date.format(at), dated: (at) => dated.format(at) };
  }, [language]);
}
