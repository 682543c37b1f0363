import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useFilter } from '#platform/search-params.ts';
import { useCommand, useInfinite, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Chip, Empty, ErrorLine, ErrorNote, Page, Scroll, Skeleton, Tabs, tell } from '#ui/index.tsx';
import styles from './Routing.module.css';
import { RulesEditor } from './RulesEditor.tsx';
import type { Version } from './rule-draft.ts';
import { text } from './text.ts';

const TABS = ['tabRules', 'tabVersions', 'tabHits'] as const;
const TONES = { active: 'ok', draft: 'accent', past: 'mute' } as const;

/** The rules by which business inquiries go to whom they concern: edited, tried, put into effect, and what they did. */
export function Screen() {
  const t = useText(text);
  const [filter, setFilter] = useFilter(['tab']);
  const tab = TABS.find((one) => one === filter.tab) ?? 'tabRules';
  const versions = useOperation('routing.versions', {});
  const [from, setFrom] = useState<Version | null>(null);
  const items = versions.data?.items ?? [];
  const shown = from ?? items.find(({ state }) => state === 'active') ?? items[0];
  const load = (version: Version) => {
    setFrom(version);
    setFilter({ tab: undefined });
    tell(t.loaded(String(version.version)));
  };
  return (
    <Page title={t.title}>
      <div className={styles.tabs}>
        <Tabs
          label={t.view}
          value={tab}
          items={TABS.map((value) => ({ value, name: t[value] }))}
          onChange={(next) => setFilter({ tab: next === 'tabRules' ? undefined : next })}
          controls="routing-body"
        />
      </div>
      <div id="routing-body" role="tabpanel" aria-label={t[tab]} className={styles.body}>
        {versions.error && <ErrorNote error={versions.error} onRetry={() => void versions.refetch()} />}
        {versions.isPending && <Skeleton rows={10} />}
        {versions.data && tab === 'tabRules' && <RulesEditor key={shown?.version ?? 0} from={shown} />}
        {versions.data && tab === 'tabVersions' && <Versions items={items} onLoad={load} />}
        {tab === 'tabHits' && <Hits />}
      </div>
    </Page>
  );
}

function Versions({ items, onLoad }: { items: Version[]; onLoad: (version: Version) => void }) {
  const t = useText(text);
  const can = useCan();
  const language = useLanguage();
  const activate = useCommand('routing.activate');
  if (items.length === 0) return <Empty icon="forward" title={t.none} about={t.noneAbout} />;
  return (
    <Scroll>
      <div className={styles.cards}>
        <ErrorLine error={activate.error} />
        {items.map((version) => (
          <article key={version.version} className={styles.card} aria-label={t.version(String(version.version))}>
            <div className={styles.line}>
              <b className="med">{t.version(String(version.version))}</b>
              <Chip tone={TONES[version.state]}>{t[version.state]}</Chip>
              <span className="el grow t2">{version.note}</span>
              <span className="t3 f12 nw">
                {version.writtenBy} · {moment(new Date(version.writtenAt), language)}
              </span>
              <Button small look="quiet" onClick={() => onLoad(version)}>
                {t.load}
              </Button>
              {version.state === 'draft' && can('routing.activate') && (
                <Button
                  small
                  look="primary"
                  busy={activate.isPending}
                  onClick={() =>
                    activate.mutate(
                      { version: version.version },
                      { onSuccess: () => tell(t.activated(String(version.version))) },
                    )
                  }
                >
                  {t.activate(String(version.version))}
                </Button>
              )}
            </div>
            <p className="t2 f12">
              {version.rules.map(({ name, personName }) => `${name} → ${personName}`).join(' · ')}
            </p>
          </article>
        ))}
      </div>
    </Scroll>
  );
}

function Hits() {
  const t = useText(text);
  const language = useLanguage();
  const list = useInfinite('routing.hits', { limit: 50 });
  if (list.error) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Skeleton rows={10} />;
  if (list.items.length === 0) return <Empty icon="forward" title={t.noHits} about={t.noHitsAbout} />;
  return (
    <Scroll>
      <ul className={styles.found}>
        {list.items.map((hit) => (
          <li key={hit.ticket.id}>
            <span className="t3 nw">{moment(new Date(hit.at), language)}</span>
            <Link to={`/tickets/${hit.ticket.id}`}>{hit.ticket.number}</Link>
            <span className="el grow">{hit.ticket.subject}</span>
            <span className="t2 nw">
              {hit.rule} · {hit.why.join(', ')}
            </span>
            <b className="med nw">{hit.person}</b>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button small busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t.view}
        </Button>
      )}
    </Scroll>
  );
}
