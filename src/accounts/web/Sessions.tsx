import { useText } from '#platform/language.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { Age, Button, Chip, ErrorNote, Part, Skeleton, tell } from '#ui/index.tsx';
import styles from './Accounts.module.css';
import { text } from './text.ts';

/** Devices that are signed in: one's own, or those of a person whom one administers. */
export function Sessions({ person }: { person?: string }) {
  const t = useText(text);
  const whose = person ? { person } : {};
  const list = useOperation('accounts.listSessions', whose);
  const end = useCommand('accounts.revokeSession');
  const endAll = useCommand('accounts.signOutEverywhere');
  const told = {
    onSuccess: ({ ended }: { ended: number }) => tell(t.ended(String(ended))),
    onError: (error: Error) => tell(error.message, { tone: 'danger' }),
  };
  const items = list.data?.items ?? [];
  return (
    <Part
      title={t.sessions}
      about={t.sessionsAbout}
      actions={
        items.length > 1 && (
          <Button small busy={endAll.isPending} onClick={() => endAll.mutate(whose, told)}>
            {t.endAll}
          </Button>
        )
      }
    >
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={2} />}
      <ul className={styles.list}>
        {items.map((session) => (
          <li key={session.id}>
            <span className="grow el">
              {deviceOf(session.userAgent) ?? t.unknownDevice} <span className="t3">{session.ip}</span>
            </span>
            {session.current && <Chip tone="ok">{t.thisDevice}</Chip>}
            <span className="t3 f12">
              <Age at={session.createdAt} />
            </span>
            {!session.current && (
              <Button small onClick={() => end.mutate({ id: session.id }, told)}>
                {t.endSession}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** `Chrome · Windows` from a browser's long name for itself. */
function deviceOf(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const browser = /Edg\//.test(userAgent)
    ? 'Edge'
    : (/(Chrome|Firefox|Safari)\//.exec(userAgent)?.[1] ?? userAgent.slice(0, 40));
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(userAgent)?.[1];
  return [browser, system].filter(Boolean).join(' · ');
}
