import { lazy, Suspense, useEffect, useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { useMe } from '#platform/me.tsx';
import { type InputOf, useCommand } from '#platform/web.ts';
import { Button, IconButton, tell } from '#ui/index.tsx';
import { BulkResult } from './BulkResult.tsx';
import styles from './Desk.module.css';
import { queueText } from './queue-text.ts';
import { hasSelection, selectNone, selectWhole, useSelection } from './selection.ts';
import type { Queue } from './useQueue.ts';

const load = () => import('./BulkAsk.tsx').then(({ BulkAsk: component }) => ({ default: component }));
const BulkAsk = lazy(load);

export type BulkKind = 'assign' | 'status' | 'priority' | 'tag' | 'snooze';
type Input = InputOf<'tickets.bulkChange'>;

/** What is done with the selected rows, above them; below it the result of the last time. */
export function BulkBar({ queue }: { queue: Queue }) {
  const t = useText(queueText);
  const me = useMe();
  const selection = useSelection();
  const [asking, setAsking] = useState<BulkKind | null>(null);
  const [ran, setRan] = useState<string | null>(null);
  const bulk = useCommand('tickets.bulkChange');
  const change = (wish: Input['change']) => {
    const which = selection.whole ? { filter: queue.asked } : { ids: [...selection.ids] };
    const onSuccess = (made: { bulk: string }) => {
      setRan(made.bulk);
      selectNone();
    };
    bulk.mutate({ ...which, change: wish }, { onSuccess, onError: (error) => tell(error.message, { tone: 'danger' }) });
  };
  const some = selection.ids.size > 0;
  useEffect(() => {
    if (some) void load();
  }, [some]);
  const ask = (kind: BulkKind) => () => setAsking(kind);
  const bind = (keys: string, ko: string, en: string, run: () => void) => ({
    ...{ keys, title: { ko, en }, layer: 'page' as const, run, when: hasSelection },
  });
  useHotkeys([
    bind('A', '선택한 상담 배정', 'Assign the selected', ask('assign')),
    bind('S', '선택한 상담 상태', 'Status of the selected', ask('status')),
    bind('P', '선택한 상담 우선순위', 'Priority of the selected', ask('priority')),
    bind('T', '선택한 상담 태그', 'Tag the selected', ask('tag')),
    bind('G', '선택한 상담 나에게', 'Assign the selected to me', () => change({ assignee: me.id })),
    bind('Alt+S', '선택한 상담 미루기', 'Put off the selected', ask('snooze')),
    bind('Esc', '선택 해제', 'Clear the selection', selectNone),
  ]);
  const n = selection.whole ? t.wholeFilter : t.chosen(String(selection.ids.size));
  return (
    <>
      {selection.ids.size > 0 && (
        <div className={styles.bulk} role="toolbar" aria-label={n}>
          <b className="grow el">{n}</b>
          {!selection.whole && queue.asked.q === undefined && (
            <Button small look="quiet" onClick={selectWhole}>
              {t.chooseWhole}
            </Button>
          )}
          <IconButton icon="x" label={t.let} onClick={selectNone} />
          <span className={styles.bulkActs}>
            <Button small hotkey="A" onClick={ask('assign')}>
              {t.assign}
            </Button>
            <Button small hotkey="S" onClick={ask('status')}>
              {t.status}
            </Button>
            <Button small hotkey="P" onClick={ask('priority')}>
              {t.priority}
            </Button>
            <Button small hotkey="T" onClick={ask('tag')}>
              {t.addTag}
            </Button>
            <Button small hotkey="Alt+S" onClick={ask('snooze')}>
              {t.snooze}
            </Button>
          </span>
        </div>
      )}
      {asking && (
        <Suspense>
          <BulkAsk kind={asking} about={n} onChange={change} onClose={() => setAsking(null)} />
        </Suspense>
      )}
      {ran && <BulkResult key={ran} id={ran} onClose={() => setRan(null)} />}
    </>
  );
}
