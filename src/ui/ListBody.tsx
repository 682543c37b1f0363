import type { ReactNode } from 'react';
import { useText, words } from '#platform/language.tsx';
import { Button } from './Button.tsx';
import type { IconName } from './drawings.ts';
import styles from './Layout.module.css';
import { Empty, ErrorLine, ErrorNote, Skeleton } from './States.tsx';
import type { ListState } from './useList.ts';

const text = words({
  ko: { clear: '조건 지우기', again: '다시 시도' },
  en: { clear: 'Clear filters', again: 'Try again' },
});

type EmptyWords = { icon: IconName; title: string; about?: ReactNode; noHit?: string; noHitAbout?: ReactNode };
export type BodyProps<R> = { list: ListState<R>; empty: EmptyWords; skeleton?: number; children: ReactNode };

/** What a list shows while it loads, when it failed, and when nothing is there; else its rows. */
export function ListBody<R>({ list, empty, skeleton = 16, children }: BodyProps<R>) {
  const t = useText(text);
  const { error, isPending, isSuccess, isPlaceholderData, refetch } = list.list;
  const nothing = list.rows.length === 0;
  const narrowed = list.chosen.length > 0 && empty.noHit !== undefined;
  if (nothing && error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (nothing && isPending) return <Skeleton rows={skeleton} />;
  if (nothing && isSuccess && !isPlaceholderData)
    return (
      <Empty
        icon={empty.icon}
        title={narrowed ? (empty.noHit ?? empty.title) : empty.title}
        about={narrowed ? empty.noHitAbout : empty.about}
        action={
          narrowed && (
            <Button icon="x" onClick={list.clear}>
              {t.clear}
            </Button>
          )
        }
      />
    );
  return (
    <>
      {error && (
        <div className={styles.failed}>
          <ErrorLine error={error} />
          <Button small icon="refresh" onClick={() => void refetch()}>
            {t.again}
          </Button>
        </div>
      )}
      {children}
    </>
  );
}
