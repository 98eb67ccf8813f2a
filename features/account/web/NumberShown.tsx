import { Button, EmptyNote, FieldError, State } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { devices } from '../devices.ts';
import { inHalves, makeNumber, numberLasts } from '../number.ts';
import { askAtDoor } from './ask-at-door.ts';

/** How often the house is asked whether someone came in by the number, in milliseconds. */
const looksEvery = 3_000;

type Made = Awaited<ReturnType<typeof make>>;
const make = () => askAtDoor(makeNumber, {});
/** The devices of this person, the newest first. */
const newest = async () => {
  const answer = await askAtDoor(devices, {});
  return answer.ok ? answer.value.devices.toSorted((a, b) => b.created - a.created) : undefined;
};
const sessionsOf = (all: Awaited<ReturnType<typeof newest>>) => all && new Set(all.map(({ session }) => session));

/** A number that lets one more device of this person in; and, as soon as one came, which. */
export function NumberShown({ onEntered }: { onEntered?: (() => void) | undefined }) {
  const { t, refusal, time } = useWords();
  const [made, setMade] = useState<Made>();
  const [entered, setEntered] = useState<string>();
  const [copied, setCopied] = useState(false);
  const [over, end] = useState(false);
  // As it was before there was a number: whoever comes in by it at once is none of them.
  const known = useRef<ReturnType<typeof sessionsOf>>(undefined);
  const ask = useCallback(async () => {
    setMade(undefined);
    setEntered(undefined);
    setCopied(false);
    end(false);
    known.current = sessionsOf(await newest());
    setMade(await make());
  }, []);
  useEffect(() => void ask(), [ask]);
  const until = made?.ok ? made.value.expiresAt : undefined;
  useEffect(() => {
    if (until === undefined || entered !== undefined) return undefined;
    // Counted on this device: its clock may be minutes off the server's.
    const lasts = performance.now() + numberLasts;
    const looking = setInterval(() => {
      if (performance.now() > lasts) { clearInterval(looking); end(true); return; }
      void newest().then((now) => {
        const came = now?.find(({ session }) => known.current?.has(session) === false);
        known.current ??= sessionsOf(now);
        if (!came) return;
        setEntered(came.name);
        onEntered?.();
      });
    }, looksEvery);
    return () => clearInterval(looking);
  }, [until, entered]);

  if (!made) return <p role="status">{t('app.loading')}</p>;
  if (!made.ok) return <><FieldError>{refusal(made.code, made.params)}</FieldError><Button onClick={() => void ask()}>{t('door.again')}</Button></>;
  const { number, expiresAt } = made.value;
  return (
    <div class="number-shown">
      <div role="status">{entered !== undefined && <State kind="ok">{t('number.entered', { device: entered })}</State>}</div>
      {entered === undefined && (over
        ? <EmptyNote>{t('number.over')}</EmptyNote>
        : (
          <>
            <p class="number" aria-label={number.split('').join(' ')}>{inHalves(number)}</p>
            <p class="sub">{t('number.lasts', { until: time(expiresAt) })}</p>
            <Button icon="doc" onClick={() => void navigator.clipboard.writeText(number).then(() => setCopied(true), () => undefined)}>{t(copied ? 'paper.copied' : 'number.copy')}</Button>
          </>
        ))}
      {(over || entered !== undefined) && <Button onClick={() => void ask()}>{t('number.another')}</Button>}
    </div>
  );
}
