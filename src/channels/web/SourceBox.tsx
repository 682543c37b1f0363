import { useMallName } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type ItemOf, useCommand } from '#platform/web.ts';
import { clock, count } from '#ui/format.ts';
import { Age, Button, Chip, Facts, Moment, tell } from '#ui/index.tsx';
import styles from './Channels.module.css';
import { text } from './text.ts';

type Source = ItemOf<'channels.list'>['sources'][number];
const TONES = {
  off: 'mute',
  connecting: 'line',
  ok: 'ok',
  down: 'danger',
  refused: 'danger',
  blocked: 'danger',
} as const;

/** How a mailbox stands: since when, what is wrong in plain words, what to do, and a button to try at once. */
export function SourceBox({ source }: { source: Source }) {
  const t = useText(text);
  const can = useCan();
  const mallName = useMallName();
  const retry = useCommand('channels.retry');
  const why = useWhy();
  const { state, detail, resumeAt, lastMessageAt, waiting, unmatched } = source;
  const ill = state === 'down' || state === 'refused' || state === 'blocked';
  return (
    <section className={styles.source} aria-label={source.address} data-ill={ill ? '' : undefined}>
      <p className={styles.sourceHead}>
        <b>{source.address}</b>
        <Chip tone={TONES[state]} {...(ill ? { icon: 'warn' as const } : {})}>
          {t[`state_${state}`]}
        </Chip>
        <span className="grow" />
        {ill && can('channels.retry') && (
          <Button
            small
            icon="refresh"
            busy={retry.isPending}
            onClick={() => retry.mutate({ source: source.id }, { onSuccess: () => tell(t.asked) })}
          >
            {t.retry}
          </Button>
        )}
      </p>
      {ill && <p className="danger">{why(source.why) ?? source.why}</p>}
      <Facts
        rows={[
          ...(source.mall ? [[t.mall, mallName(source.mall)] as const] : []),
          [t.since, <Moment key="since" at={source.since} />],
          [t.lastMessage, lastMessageAt ? <Age key="last" at={lastMessageAt} /> : t.noMessage],
          ...(ill && resumeAt ? [[t.resume, clock(new Date(resumeAt))] as const] : []),
          ...(ill && detail ? [[t.said, detail] as const] : []),
          ...(waiting > 0 ? [[t.waiting, t.count(count(waiting))] as const] : []),
          ...(unmatched > 0 ? [[t.unmatched, t.unmatchedAbout(count(unmatched))] as const] : []),
        ]}
      />
      {ill && <p className="t2 f12">{t.byItself}</p>}
    </section>
  );
}

const WHY = [
  ...(['network', 'timeout', 'no_such_host', 'certificate', 'password_refused', 'address_inside'] as const),
  ...(['mall_unknown', 'no_mailbox'] as const),
] as const;

/** The code of a trouble in words that say what to do. */
export function useWhy(): (why: string | null) => string | null {
  const t = useText(text);
  return (why) => {
    const known = WHY.find((it) => it === why);
    return known ? t[`why_${known}`] : null;
  };
}
