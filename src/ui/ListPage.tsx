import type { ReactNode } from 'react';
import { useText, words } from '#platform/language.tsx';
import { Button } from './Button.tsx';
import styles from './Layout.module.css';
import { Filters, Page } from './Layout.tsx';
import { type BodyProps, ListBody } from './ListBody.tsx';
import { type Column, Table } from './Table.tsx';

const text = words({
  ko: { clear: '조건 지우기', more: '더 불러오는 중' },
  en: { clear: 'Clear filters', more: 'Loading more' },
});

type Props<R> = Omit<BodyProps<R>, 'children'> & {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  /** Above the filters. */
  above?: ReactNode;
  /** The tab of `above` whose rows these are; its `controls` is `list-rows`. */
  tab?: string;
  filters?: ReactNode;
  columns: readonly Column<R>[];
  current?: string | undefined;
  onOpen: (row: R) => void;
  onActive?: (row: R) => void;
  onPeek?: (row: R) => void;
  /** After the list: dialogs of the page. */
  children?: ReactNode;
};

/** A page that is one list: its filters, its rows, and what is to be said when there are none. */
export function ListPage<R extends { id: string }>(props: Props<R>) {
  const { list, title, about, actions, above, filters, columns, current, children } = props;
  const t = useText(text);
  const sort = list.filter.sort;
  const setSort = list.setFilter as (change: { sort: string }) => void;
  return (
    <Page title={title} about={about} actions={actions}>
      {above}
      {filters && (
        <Filters label={title}>
          {filters}
          {list.chosen.length > 0 && (
            <Button small look="quiet" icon="x" onClick={list.clear}>
              {t.clear}
            </Button>
          )}
        </Filters>
      )}
      <div id="list-rows" className={styles.rows} {...(props.tab ? { role: 'tabpanel', 'aria-label': props.tab } : {})}>
        <ListBody list={list} empty={props.empty} skeleton={props.skeleton ?? 16}>
          <Table
            id={list.id}
            label={title}
            keys="page"
            rows={list.rows}
            rowKey={(row) => row.id}
            columns={columns}
            current={current}
            old={list.list.isPlaceholderData}
            sort={sort ? { by: sort.replace(/^-/, ''), down: sort.startsWith('-') } : undefined}
            onSort={({ by, down }) => setSort({ sort: down ? `-${by}` : by })}
            onOpen={props.onOpen}
            onActive={props.onActive}
            onPeek={props.onPeek}
            onMore={list.more}
            foot={list.list.isFetchingNextPage && <p className={styles.more}>{t.more}</p>}
          />
        </ListBody>
      </div>
      {children}
    </Page>
  );
}
