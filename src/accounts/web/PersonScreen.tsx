import { useParams } from '@tanstack/react-router';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import { ErrorNote, Facts, Moment, Page, Scroll, Skeleton } from '#ui/index.tsx';
import { GrantEditor } from './GrantEditor.tsx';
import { GrantWords, type Person } from './GrantWords.tsx';
import { StateOf } from './PeopleScreen.tsx';
import { PersonActions } from './PersonActions.tsx';
import { Sessions } from './Sessions.tsx';
import { text } from './text.ts';

/** One colleague: roles, state, devices. */
export function Screen() {
  const t = useText(text);
  const can = useCan();
  const { personId = '' } = useParams({ strict: false });
  const person = useOperation('accounts.getPerson', { id: personId });
  return (
    <Page
      title={person.data?.name ?? t.people}
      about={person.data?.email}
      actions={person.data && can('accounts.setGrants') && <PersonActions person={person.data} />}
    >
      {person.error && <ErrorNote error={person.error} onRetry={() => void person.refetch()} />}
      {person.isPending && <Skeleton rows={8} />}
      {person.data && (
        <Scroll>
          <PersonFacts person={person.data} />
          {can('accounts.setGrants') && <GrantEditor key={person.dataUpdatedAt} person={person.data} />}
          {can('accounts.setGrants') && <Sessions person={personId} />}
        </Scroll>
      )}
    </Page>
  );
}

function PersonFacts({ person }: { person: Person }) {
  const t = useText(text);
  return (
    <Facts
      rows={[
        [t.roles, <GrantWords key="roles" grants={person.grants} />],
        [t.state, <StateOf key="state" person={person} />],
        [t.twoFactor, person.twoFactor ? t.on : t.off],
        [t.lastSignIn, <Moment key="last" at={person.lastSignInAt} />],
      ]}
    />
  );
}
