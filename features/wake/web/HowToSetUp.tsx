import { SectionHead } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { Key } from '@noroshi/foundations/i18n';
import { kindHere, type DeviceKind } from './this-device.ts';

const ways = { iphone: ['wake.iphone1', 'wake.iphone2', 'wake.iphone3', 'wake.iphone4'], android: ['wake.android1', 'wake.android2', 'wake.android3'], pc: ['wake.pc1', 'wake.pc2', 'wake.pc3'] } as const satisfies Record<DeviceKind, readonly Key[]>;
/** What undoes a refusal of before. */
export const undoing = { iphone: 'wake.iphone4', android: 'wake.android3', pc: 'wake.pc2' } as const satisfies Record<DeviceKind, Key>;

/** How it is set up, step by step; this kind of device first. */
export function HowToSetUp() {
  const { t } = useWords();
  const here = kindHere();
  const order = (['iphone', 'android', 'pc'] as const).toSorted((a, b) => Number(b === here) - Number(a === here));
  return (
    <>
      <SectionHead title={t('wake.how')} />
      {order.map((kind) => (
        <details key={kind} class="waking-how" open={kind === here}>
          <summary>{t(`wake.on.${kind}`)}</summary>
          <ol>{ways[kind].map((step) => <li key={step}>{t(step)}</li>)}</ol>
        </details>
      ))}
      <p class="sub">{t('wake.silentPhone')}</p>
    </>
  );
}
