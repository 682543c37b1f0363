import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useText, useTitle } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { ROLE_NAMES, roleTitle } from '#platform/roles.ts';
import type { ItemOf } from '#platform/web.ts';
import { Button, Chip, ChoiceFilter, type Column, Moment, SearchFilter, useList } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
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
  const [adding, setAdding] = useState(false);
  const list = useList({
    id: 'people',
    filters: ['q', 'role', 'state'],
    keeps: ['role', 'state'],
    ask: (input) => ({ operation: 'accounts.listPeople' as const, input }),
  });
  const columns = useColumns();
  const navigate = useNavigate();
  return (
    <ListPage
      list={list}
      title={t.people}
      about={t.peopleAbout}
      actions={
        can('accounts.createPerson') && (
          <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
            {t.add}
          </Button>
        )
      }
      empty={{ icon: 'users', title: t.none, about: t.noneAbout, noHit: t.noHit }}
      filters={
        <>
          <SearchFilter list={list} name="q" label={t.search} />
          <ChoiceFilter
            list={list}
            name="role"
            label={t.role}
            all={t.allRoles}
            options={ROLE_NAMES.map((role) => [role, title(roleTitle(role))])}
          />
          <ChoiceFilter
            list={list}
            name="state"
            label={t.state}
            all={t.allStates}
            options={STATES.map((state) => [state, t[state]])}
          />
        </>
      }
      columns={columns}
      onOpen={(row) => void navigate({ to: `/settings/people/${row.id}` })}
    >
      {adding && <AddPersonDialog onClose={() => setAdding(false)} />}
    </ListPage>
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
      sort: 'name',
      cell: (row) => <b className="med">{row.name}</b>,
      text: (row) => row.name,
    },
    {
      id: 'email',
      title: t.email,
      width: 250,
      sort: 'email',
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
