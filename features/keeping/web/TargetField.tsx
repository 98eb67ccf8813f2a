import { incidentSays } from '@noroshi/features/incident';
import { Field } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { Target } from '../hold.ts';
import type { KeptProps } from './kept-props.ts';

export const targetOf = (value: string): Target => (value.startsWith('i:') ? { incident: value.slice(2) } : { room: value.slice(2) });

/** A disaster, or a room. */
export function TargetField({ incidents, rooms, value, onChange }: Pick<KeptProps, 'incidents' | 'rooms'> & { value: string; onChange: (value: string) => void }) {
  const words = useWords();
  const { t } = words;
  return (
    <Field label={t('keeping.target')}>{(wiring) => (
      <select {...wiring} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <optgroup label={t('keeping.incidents')}>{incidents.map((one) => <option key={one.id} value={`i:${one.id}`}>{incidentSays(one, words)}</option>)}</optgroup>
        <optgroup label={t('keeping.rooms')}>{rooms.map(({ id, name }) => <option key={id} value={`r:${id}`}>{name}</option>)}</optgroup>
      </select>
    )}</Field>
  );
}
export const firstTarget = ({ incidents, rooms }: Pick<KeptProps, 'incidents' | 'rooms'>): string => (incidents[0] ? `i:${incidents[0].id}` : rooms[0] ? `r:${rooms[0].id}` : '');
