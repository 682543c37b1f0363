import { useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type ItemOf, useOperation } from '#platform/web.ts';
import { Button, Chip, ErrorNote, Facts, Page, Part, Scroll, Skeleton } from '#ui/index.tsx';
import { ChannelDialog } from './ChannelDialog.tsx';
import styles from './Channels.module.css';
import { SourceBox } from './SourceBox.tsx';
import { text } from './text.ts';

type Channel = ItemOf<'channels.list'>;
const EVERY_MS = 10_000;

/** Each channel: on or off, its hours and first answer, and how its sources stand. */
export function Screen() {
  const t = useText(text);
  const list = useOperation('channels.list', {}, { refetchMs: EVERY_MS });
  const [editing, setEditing] = useState<Channel | null>(null);
  // Mail has sources: what may be ill is seen first.
  const items = list.data?.items.toSorted((a, b) => Number(b.channel === 'email') - Number(a.channel === 'email'));
  return (
    <Page title={t.channels} about={t.about}>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={10} />}
      {items && (
        <Scroll narrow>
          {items.map((channel) => (
            <ChannelPart key={channel.channel} channel={channel} onEdit={() => setEditing(channel)} />
          ))}
        </Scroll>
      )}
      {editing && <ChannelDialog channel={editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

function ChannelPart({ channel, onEdit }: { channel: Channel; onEdit: () => void }) {
  const t = useText(text);
  const can = useCan();
  const { enabled, open, sources } = channel;
  const actions = (
    <>
      <Chip tone={!enabled ? 'mute' : open ? 'ok' : 'line'}>{!enabled ? t.isOff : open ? t.isOn : t.closedNow}</Chip>
      {can('channels.save') && (
        <Button small icon="pen" onClick={onEdit}>
          {t.change}
        </Button>
      )}
    </>
  );
  return (
    <Part title={t[channel.channel]} actions={actions}>
      <Facts
        rows={[
          [t.hours, hoursText(channel.hours, t.always, t.days)],
          ...(channel.channel === 'email'
            ? [[t.firstResponse, channel.firstResponse.on ? t.sendsFirst : t.noFirst] as const]
            : []),
        ]}
      />
      {sources.map((source) => (
        <SourceBox key={source.id} source={source} />
      ))}
      {channel.channel === 'email' && sources.length === 0 && (
        <div className={styles.source}>
          <p className="semi">{t.noSource}</p>
          <p className="t2 f12">{t.noSourceAbout}</p>
        </div>
      )}
    </Part>
  );
}

/** Days with the same hours side by side: '월화수목금 09:00–18:00 · 토 09:00–13:00'. */
function hoursText(hours: Channel['hours'], always: string, days: string): string {
  const entries = Object.entries(hours) as [string, [string, string]][];
  if (entries.length === 0) return always;
  const groups = new Map<string, string>();
  for (const [day, [from, until]] of entries) {
    const key = `${from}–${until}`;
    groups.set(key, `${groups.get(key) ?? ''}${days[Number(day) - 1]}`);
  }
  return [...groups].map(([time, of]) => `${of} ${time}`).join(' · ');
}
