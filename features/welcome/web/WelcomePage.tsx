import { Bar, Button, Loading, Page } from '@noroshi/foundations/ui';
import { useFrame, useLoaded, useRooms, useRoute, useWords, type FirstStep, type FirstStepProps } from '@noroshi/foundations/web';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import './welcome.css';

/** Leads a newcomer through the first steps of the house, one after another. (F1) */
export default function WelcomePage() {
  const { t } = useWords();
  const frame = useFrame();
  const route = useRoute();
  const rooms = useRooms();
  const steps = rooms.flatMap(({ firstSteps = [] }) => firstSteps).toSorted((a, b) => a.at - b.at);
  const [at, set] = useState(0);
  const [ready, make] = useState(false);
  const go = (to: number): void => {
    make(false);
    set(to);
  };
  const isReady = useCallback(() => make(true), []);
  const step = steps[at];
  const next = (): void => {
    if (at + 1 < steps.length) go(at + 1);
    else route.go('/', { replace: true });
  };
  return (
    <Page skipLabel={frame.skipLabel} content="form welcome"
      head={<Bar title={t('welcome.title')} subtitle={t('welcome.count', { n: at + 1, of: steps.length })} {...(at > 0 ? { back: { label: t('app.back'), onClick: () => go(at - 1) } } : {})} />}>
      <progress class="welcome-done" value={at + 1} max={steps.length} aria-label={t('welcome.count', { n: at + 1, of: steps.length })} />
      {step && <Shown key={at} step={step} onReady={isReady} onDone={next} />}
      {/* Below the deed, not at the foot: there it was all that some screens showed to be pressed. */}
      {!ready && <Button kind="quiet" wide onClick={next}>{t(at + 1 < steps.length ? 'welcome.later' : 'welcome.laterHome')}</Button>}
    </Page>
  );
}

function Shown({ step, ...props }: FirstStepProps & { step: FirstStep }) {
  const { t } = useWords();
  const Step = useLoaded(step.load);
  const host = useRef<HTMLDivElement>(null);
  // Whoever listens hears where they are now, and the keyboard goes on from there.
  useEffect(() => { if (Step) host.current?.querySelector('h2')?.focus(); }, [Step]);
  return <div class="welcome-step" ref={host}>{Step ? <Step {...props} /> : <Loading>{t('app.loading')}</Loading>}</div>;
}
