import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useFilter } from '#platform/search-params.ts';
import { type ItemOf, useCommand, useOperation } from '#platform/web.ts';
import {
  Button,
  Dialog,
  Empty,
  ErrorLine,
  ErrorNote,
  Field,
  Page,
  SelectField,
  Skeleton,
  Tabs,
  useRows,
} from '#ui/index.tsx';
import { findTemplates } from './find.ts';
import { Proposals } from './Proposals.tsx';
import { TemplateEditor } from './TemplateEditor.tsx';
import styles from './Templates.module.css';
import { TemplateView } from './TemplateView.tsx';
import { text } from './text.ts';

type Row = ItemOf<'templates.list'>;
const SHOWN = ['inUse', 'put', 'proposals'] as const;

/** All templates by folder, what one says, its versions and uses; proposals that wait for a manager. */
export function Screen() {
  const t = useText(text);
  const can = useCan();
  const { templateId } = useParams({ strict: false });
  const [filter, setFilter] = useFilter(['shown', 'folder', 'q']);
  const [asking, setAsking] = useState<'write' | 'folder' | null>(null);
  const shown = SHOWN.find((one) => one === filter.shown) ?? 'inUse';
  const views = SHOWN.filter((one) => one !== 'proposals' || can('templates.listProposals'));
  const open = useOperation('templates.listProposals', { state: 'open' }, { enabled: can('templates.listProposals') });
  return (
    <Page
      title={t.templates}
      actions={
        can('templates.write') && (
          <>
            <Button small onClick={() => setAsking('folder')}>
              {t.newFolder}
            </Button>
            <Button small icon="plus" onClick={() => setAsking('write')}>
              {t.newTemplate}
            </Button>
          </>
        )
      }
    >
      <div className={styles.filters}>
        <Tabs
          label={t.shown}
          value={shown}
          items={views.map((value) => ({
            value,
            name: t[value],
            count: value === 'proposals' ? open.data?.items.length : undefined,
          }))}
          onChange={(next) => setFilter({ shown: next === 'inUse' ? undefined : next })}
          controls="template-rows"
        />
      </div>
      <div id="template-rows" role="tabpanel" aria-label={t[shown]} className={styles.split}>
        {shown === 'proposals' ? (
          <Proposals />
        ) : (
          <>
            <List key={shown} retired={shown === 'put'} current={templateId} filter={filter} setFilter={setFilter} />
            {templateId ? (
              <TemplateView key={templateId} id={templateId} />
            ) : (
              <Empty icon="memo" title={t.choose} about={t.chooseAbout} />
            )}
          </>
        )}
      </div>
      {asking === 'write' && <TemplateEditor folder={filter.folder} onClose={() => setAsking(null)} />}
      {asking === 'folder' && <FolderDialog onClose={() => setAsking(null)} />}
    </Page>
  );
}

type ListProps = {
  retired: boolean;
  current: string | undefined;
  filter: { folder?: string | undefined; q?: string | undefined };
  setFilter: (change: { folder?: string | undefined; q?: string | undefined }) => void;
};

function List({ retired, current, filter, setFilter }: ListProps) {
  const t = useText(text);
  const navigate = useNavigate();
  const folders = useOperation('templates.folders', {});
  const list = useOperation('templates.list', { retired, folder: filter.folder }, { keep: true });
  const rows = useMemo(() => [...findTemplates(list.data?.items ?? [], filter.q ?? '')], [list.data, filter.q]);
  const open = (row: Row) =>
    void navigate({ to: `/templates/${row.id}`, search: ((before: object) => before) as never });
  return (
    <div className={styles.list}>
      <div className={styles.filters}>
        <span className="grow">
          <Field
            bare
            label={t.search2}
            placeholder={t.search}
            value={filter.q ?? ''}
            onChange={(event) => setFilter({ q: event.target.value || undefined })}
          />
        </span>
        <SelectField
          bare
          small
          label={t.folders}
          value={filter.folder ?? ''}
          onChange={(event) => setFilter({ folder: event.target.value || undefined })}
        >
          <option value="">{t.allFolders}</option>
          {folders.data?.items.map(({ id, name, templates: many }) => (
            <option key={id} value={id}>
              {name} {many}
            </option>
          ))}
        </SelectField>
      </div>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={12} height={48} />}
      {list.isSuccess && rows.length === 0 && <Empty icon="memo" title={t.emptyFolder} about={t.emptyFolderAbout} />}
      {rows.length > 0 && <Rows rows={rows} current={current} onOpen={open} />}
    </div>
  );
}

function Rows({ rows, current, onOpen }: { rows: Row[]; current: string | undefined; onOpen: (row: Row) => void }) {
  const t = useText(text);
  const box = useRows({ rows, rowKey: (row) => row.id, rowHeight: 48, keys: 'page', current, onOpen });
  return (
    <div {...box.boxProps} role="listbox" aria-label={t.templates} className={styles.rows}>
      <div style={{ height: box.virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {box.drawn.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              key={row.id}
              id={`${box.id}-${item.index}`}
              role="option"
              tabIndex={-1}
              aria-selected={row.id === current}
              data-active={row.id === box.activeKey || undefined}
              className={styles.row}
              style={{ top: item.start }}
              onClick={() => onOpen(row)}
            >
              <p className={styles.line}>
                <b className="med el grow">{row.title}</b>
                <span className="t3 f12 nw">{t.used(row.used.toLocaleString('ko-KR'))}</span>
              </p>
              <p className={`${styles.line} f12 t3`}>
                <span className="nw">{row.folder.name}</span>
                <span className="el grow">{row.body}</span>
              </p>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function FolderDialog({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const save = useCommand('templates.saveFolder');
  const [name, setName] = useState('');
  return (
    <Dialog title={t.newFolder} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save.mutate({ name: name.trim() }, { onSuccess: onClose });
        }}
      >
        <Field
          autoFocus
          label={t.folderName}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <ErrorLine error={save.error} />
        <Button submit busy={save.isPending} disabled={!name.trim()}>
          {t.save}
        </Button>
      </form>
    </Dialog>
  );
}
