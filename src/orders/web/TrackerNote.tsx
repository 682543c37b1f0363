import { Link } from '@tanstack/react-router';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Age, Icon } from '#ui/index.tsx';
import styles from './Delivery.module.css';
import { deliveryText } from './delivery-text.ts';

const EVERY_MS = 30_000;

/** One line over the list while tracking is off or in trouble: since when, and that it catches up by itself. */
export function TrackerNote() {
  const t = useText(deliveryText);
  const language = useLanguage();
  const can = useCan();
  const sources = useOperation(
    'connectors.listSources',
    {},
    { enabled: can('connectors.listSources'), refetchMs: EVERY_MS },
  );
  const tracker = sources.data?.items.find(({ kind }) => kind === 'tracker');
  if (!tracker || tracker.state === 'ok') return null;
  const since = tracker.since ? moment(new Date(tracker.since), language) : '';
  const off = tracker.state === 'off';
  return (
    <p className={styles.note} data-ill={off ? undefined : ''} role="status">
      <Icon name={off ? 'info' : 'warn'} small />
      <span>{off ? t.trackerOff : tracker.state === 'slow' ? t.trackerSlow(since) : t.trackerDown(since)}</span>
      {!off && tracker.lastOkAt && (
        <span>
          {t.lastOk} <Age at={tracker.lastOkAt} />
        </span>
      )}
      <Link to="/settings/connections">{t.connections}</Link>
    </p>
  );
}
