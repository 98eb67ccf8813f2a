import { State, type StateKind } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { Row } from '../rows.ts';

const kinds: Readonly<Record<NonNullable<Row['order']>['state'], StateKind>> = { open: 'quiet', begun: 'doing', done: 'ok', cancelled: 'plain' };

/** How far an instruction has come, whose it is, and until when; that it is late is told by shape, colour and word. */
export function OrderState({ order }: { order: NonNullable<Row['order']> }) {
  const { t, moment, beside } = useWords();
  return (
    <span class="chron-order">
      <State kind={kinds[order.state]} icon={order.state === 'cancelled' ? 'close' : undefined}>{t(`chronology.state.${order.state}`)}</State>
      {order.overdue && <State kind="urgent">{t('chronology.overdue')}</State>}
      <span class="sub">{beside([order.owner, order.due !== undefined && t('chronology.dueBy', { time: moment(order.due) })])}</span>
    </span>
  );
}
