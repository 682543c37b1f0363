import type { ReactNode } from 'react';
import { useText, words } from '#platform/language.tsx';
import { OperationError } from '#platform/web-call.ts';
import { Button } from './Button.tsx';
import type { IconName } from './drawings.ts';
import { Icon } from './Icon.tsx';
import styles from './States.module.css';

const text = words({
  ko: {
    again: '다시 시도',
    failed: '불러오지 못했습니다.',
    request: (id: string) => `요청 번호 ${id}`,
    loading: '불러오는 중',
  },
  en: {
    again: 'Try again',
    failed: 'This could not be loaded.',
    request: (id: string) => `Request ${id}`,
    loading: 'Loading',
  },
});

/** Nothing here: says so and teaches the one action that fills it. */
export function Empty({
  icon,
  title,
  about,
  action,
}: {
  icon?: IconName;
  title: string;
  about?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.state}>
      {icon && <Icon name={icon} className="t3" />}
      <p className="semi">{title}</p>
      {about && <p className="t2">{about}</p>}
      {action}
    </div>
  );
}

/** What happened, what was kept, what to do next. */
export function ErrorNote({ error, onRetry }: { error: Error | null; onRetry?: () => void }) {
  const t = useText(text);
  if (!error) return null;
  const requestId = error instanceof OperationError ? error.requestId : null;
  return (
    <div className={styles.state} role="alert">
      <Icon name="warn" className="danger" />
      <p className="semi">{error.message || t.failed}</p>
      {requestId && <p className="t3 f12">{t.request(requestId)}</p>}
      {onRetry && (
        <Button icon="refresh" onClick={onRetry}>
          {t.again}
        </Button>
      )}
    </div>
  );
}

/** An error in one line, beside the button that met it. */
export function ErrorLine({ error }: { error: Error | null }) {
  if (!error) return null;
  return (
    <p className={styles.line} role="alert">
      <Icon name="warn" small />
      <span>{error.message}</span>
    </p>
  );
}

/** The shape of what comes, without motion. */
export function Skeleton({ rows = 8, height = 32 }: { rows?: number; height?: number }) {
  const t = useText(text);
  return (
    <div className={styles.skeleton} role="status" aria-label={t.loading}>
      {Array.from({ length: Math.min(rows, 45) }, (_, index) => 38 + ((index * 37) % 45)).map((width) => (
        <div key={width} style={{ height }} className={styles.bone}>
          <i style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}

/** Why a button is as it is: under or beside it. */
export function Why({ icon = 'info', children }: { icon?: IconName; children: ReactNode }) {
  return (
    <p className={styles.why}>
      <Icon name={icon} small />
      <span>{children}</span>
    </p>
  );
}
