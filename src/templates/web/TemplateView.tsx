import { useState } from 'react';
import { useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Chip, ErrorLine, ErrorNote, Facts, Part, Skeleton, tell } from '#ui/index.tsx';
import { TemplateEditor } from './TemplateEditor.tsx';
import styles from './Templates.module.css';
import { TemplateText } from './TemplateText.tsx';
import { text } from './text.ts';

/** One template: its text, for which channels and malls, and each version with how often it was used. */
export function TemplateView({ id }: { id: string }) {
  const t = useText(text);
  const can = useCan();
  const language = useLanguage();
  const mallName = useMallName();
  const [editing, setEditing] = useState(false);
  const template = useOperation('templates.get', { id });
  const retire = useCommand('templates.retire');
  const restore = useCommand('templates.restore');
  if (template.error) return <ErrorNote error={template.error} onRetry={() => void template.refetch()} />;
  if (!template.data) return <Skeleton rows={8} />;
  const { title, folder, body, channels, malls, codes, used, version, retiredAt, versions } = template.data;
  const putAway = () =>
    retire.mutate({ id }, { onSuccess: () => tell(t.retired, { undo: () => restore.mutate({ id }) }) });
  return (
    <section className={styles.view} aria-label={title}>
      <header className={styles.line}>
        <h2 className="f15">
          {title} <span className="t2 med">{folder.name}</span>
        </h2>
        <Chip>{t.version(String(version))}</Chip>
        <span className="t2">{t.used(used.toLocaleString('ko-KR'))}</span>
        <span className="grow" />
        {can('templates.write') &&
          (retiredAt ? (
            <Button small icon="undo" onClick={() => restore.mutate({ id }, { onSuccess: () => tell(t.restored) })}>
              {t.restore}
            </Button>
          ) : (
            <>
              <Button small icon="x" look="quiet" onClick={putAway}>
                {t.retire}
              </Button>
              <Button small icon="pen" onClick={() => setEditing(true)}>
                {t.edit}
              </Button>
            </>
          ))}
      </header>
      <ErrorLine error={retire.error ?? restore.error} />
      <div className={styles.box}>
        <TemplateText text={body} />
      </div>
      <Facts
        rows={[
          [t.channels, channels ? channels.map((channel) => t[`ch_${channel}`]).join(', ') : t.any],
          [t.malls, malls ? malls.map(mallName).join(', ') : t.any],
          [t.codes, codes.join(', ') || '–'],
        ]}
      />
      <Part title={t.versions}>
        {versions.map((one) => (
          <details key={one.version}>
            <summary className={styles.line}>
              <b className="med">{t.version(String(one.version))}</b>
              <span className="t2">{one.writtenBy}</span>
              <span className="t3 f12">{moment(new Date(one.writtenAt), language)}</span>
              {one.fromTicket && <Chip tone="accent">{t.fromTicket}</Chip>}
              <span className="t2 el grow">{one.note}</span>
              <span className="t2 nw">{t.used(one.used.toLocaleString('ko-KR'))}</span>
            </summary>
            <div className={styles.box}>
              <TemplateText text={one.body} />
            </div>
          </details>
        ))}
      </Part>
      {editing && <TemplateEditor template={template.data} onClose={() => setEditing(false)} />}
    </section>
  );
}
