import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useText, useTitle } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { ROLE_NAMES, roleTitle } from '#platform/roles.ts';
import { useFilter } from '#platform/search-params.ts';
import { type InputOf, type ItemOf, useInfinite } from '#platform/web.ts';
import {
  Button,
  Chip,
  type Column,
  Empty,
  ErrorNote,
  Filters,
  Moment,
  Page,
  SearchField,
  SelectField,
  Skeleton,
  Table,
} from '#ui/index.tsx';
import { AddPersonDialog } from './AddPersonDialog.tsx';
import { GrantWords, useGrantWords } from './GrantWords.tsx';
import { text } from './text.ts';

type Row = ItemOf<'accounts.listPeople'>;
const STATES = ['active', 'disabled', 'locked'] as const;

/** Colleagues, their roles, and whether they can sign in. */
export function Screen() {
  const t = useText(text);
  const title = useTitle();
  const can = useCan();
  const [filter, setFilter] = useFilter(['q', 'role', 'state']);
  const [adding, setAdding] = useState(false);
  const list = useInfinite('accounts.listPeople', filter as InputOf<'accounts.listPeople'>, { keep: true });
  const columns = useColumns();
  const navigate = useNavigate();
  return (
    <Page
      title={t.people}
      about={t.peopleAbout}
      actions={
        can('accounts.createPerson') && (
          <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
            {t.add}
          </Button>
        )
      }
    >
      <Filters label={t.people}>
        <SearchField label={t.search} value={filter.q ?? ''} onChange={(q) => setFilter({ q })} />
        <SelectField
          bare
          small
          label={t.role}
          value={filter.role ?? ''}
          onChange={(event) => setFilter({ role: event.target.value })}
        >
          <option value="">{t.allRoles}</option>
          {ROLE_NAMES.map((role) => (
            <option key={role} value={role}>
              {title(roleTitle(role))}
            </option>
          ))}
        </SelectField>
        <SelectField
          bare
          small
          label={t.state}
          value={filter.state ?? ''}
          onChange={(event) => setFilter({ state: event.target.value })}
        >
          <option value="">{t.allStates}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {t[state]}
            </option>
          ))}
        </SelectField>
      </Filters>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={16} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty icon="users" title={filter.q ? t.noHit : t.none} about={filter.q ? undefined : t.noneAbout} />
      )}
      {list.items.length > 0 && (
        <Table
          id="people"
          label={t.people}
          keys="page"
          rows={list.items}
          rowKey={(row) => row.id}
          columns={columns}
          onOpen={(row) => void navigate({ to: `/settings/people/${row.id}` })}
          onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
        />
      )}
      {adding && <AddPersonDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

/** Whether somebody can sign in, in one word. */
export function StateOf({ person }: { person: Row }) {
  const t = useText(text);
  if (person.disabledAt) return <Chip>{t.disabled}</Chip>;
  if (person.lockedUntil && new Date(person.lockedUntil) > new Date()) {
    return (
      <Chip tone="warn" icon="lock">
        {t.locked}
      </Chip>
    );
  }
  return <span className="t2">{person.mustChangePassword ? t.mustChange : t.active}</span>;
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  const words = useGrantWords();
  const state = (row: Row) => (row.disabledAt ? t.disabled : t.active);
  return [
    {
      id: 'name',
      title: t.name,
      width: 130,
      cell: (row) => <b className="med">{row.name}</b>,
      text: (row) => row.name,
    },
    {
      id: 'email',
      title: t.email,
      width: 230,
      cell: (row) => <span className="t2">{row.email}</span>,
      text: (row) => row.email,
    },
    {
      id: 'roles',
      title: t.roles,
      width: 260,
      grow: true,
      cell: (row) => <GrantWords grants={row.grants} />,
      text: (row) => row.grants.map(words).join(', '),
    },
    {
      id: 'second',
      title: t.twoFactor,
      width: 100,
      cell: (row) => (row.twoFactor ? t.on : <span className="t3">{t.off}</span>),
      text: (row) => (row.twoFactor ? t.on : t.off),
    },
    { id: 'state', title: t.state, width: 120, cell: (row) => <StateOf person={row} />, text: state },
    {
      id: 'last',
      title: t.lastSignIn,
      width: 130,
      end: true,
      cell: (row) => <Moment at={row.lastSignInAt} />,
      text: (row) => row.lastSignInAt ?? '',
    },
  ];
}
