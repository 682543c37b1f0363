import { useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useFilter } from '#platform/search-params.ts';
import { useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Empty, ErrorNote, Icon, SelectField, Skeleton } from '#ui/index.tsx';
import { MANUAL_TOPICS } from '../contract.ts';
import styles from './Malls.module.css';
import { ManualEditor } from './ManualEditor.tsx';
import { ManualText } from './ManualText.tsx';
import { text } from './text.ts';

type Topic = (typeof MANUAL_TOPICS)[number];

/** The manuals of one mall: what there are, and the one that is open. */
export function Manuals({ mall }: { mall: string }) {
  const t = useText(text);
  const [filter, setFilter] = useFilter(['topic']);
  const topic: Topic = MANUAL_TOPICS.find((one) => one === filter.topic) ?? 'overview';
  const list = useOperation('malls.listManuals', { mall });
  const written = new Set(list.data?.items.map((row) => row.topic));
  return (
    <div className={styles.topics}>
      <ul aria-label={t.manuals}>
        {MANUAL_TOPICS.map((one) => (
          <li key={one}>
            <button
              type="button"
              data-topic=""
              aria-pressed={one === topic}
              onClick={() => setFilter({ topic: one })}
              className={written.has(one) ? '' : 't3'}
            >
              <span className="el grow">{t[one]}</span>
              {written.has(one) && <Icon name="check" small label={t.written} />}
            </button>
          </li>
        ))}
      </ul>
      <OneManual key={`${mall} ${topic}`} mall={mall} topic={topic} />
    </div>
  );
}

function OneManual({ mall, topic }: { mall: string; topic: Topic }) {
  const t = useText(text);
  const language = useLanguage();
  const can = useCan();
  const [version, setVersion] = useState<number | undefined>(undefined);
  const [editing, setEditing] = useState(false);
  const manual = useOperation('malls.getManual', { mall, topic, ...(version ? { version } : {}) });
  const shown = manual.data;
  const newest = shown?.versions[0]?.version;
  useHotkeys([
    {
      ...{ keys: 'E', title: { ko: '매뉴얼 고치기', en: 'Edit the manual' }, layer: 'page' },
      run: () => setEditing(true),
      when: () => can('malls.saveManual') && !editing && shown !== undefined,
    },
  ]);
  const write = can('malls.saveManual') && (
    <Button look="primary" icon="pen" hotkey="E" onClick={() => setEditing(true)}>
      {version && version !== newest ? t.restore : shown?.body ? t.edit : t.writeManual}
    </Button>
  );
  if (manual.error) return <ErrorNote error={manual.error} onRetry={() => void manual.refetch()} />;
  if (!shown) return <Skeleton rows={10} />;
  if (editing)
    return (
      <ManualEditor
        manual={shown}
        onClose={() => {
          setEditing(false);
          setVersion(undefined);
        }}
      />
    );
  return (
    <article aria-label={t[topic]}>
      <div className="row" style={{ marginBottom: 10 }}>
        {shown.versions.length > 0 && (
          <SelectField
            bare
            small
            label={t.version}
            value={String(shown.shown?.version ?? '')}
            onChange={(event) => setVersion(Number(event.target.value))}
          >
            {shown.versions.map((row) => (
              <option key={row.version} value={row.version}>
                {t.savedBy(row.version, row.by, moment(new Date(row.at), language))}
              </option>
            ))}
          </SelectField>
        )}
        <span className="grow" />
        {write}
      </div>
      {shown.body ? (
        <ManualText body={shown.body} pictures={shown.pictures} />
      ) : (
        <Empty icon="memo" title={t.noManual} about={t.noManualAbout} />
      )}
    </article>
  );
}
