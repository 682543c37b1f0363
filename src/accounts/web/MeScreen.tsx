import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan, useMe } from '#platform/me.tsx';
import { useCommand } from '#platform/web.ts';
import { Button, ErrorLine, Facts, Field, Page, Part, Scroll, tell } from '#ui/index.tsx';
import styles from './Accounts.module.css';
import { GrantWords } from './GrantWords.tsx';
import { PasswordPart } from './PasswordPart.tsx';
import { Sessions } from './Sessions.tsx';
import { TwoFactorPart } from './TwoFactorPart.tsx';
import { text } from './text.ts';

/** Who I am, how I sign in, and where I am signed in. */
export function Screen() {
  const t = useText(text);
  const can = useCan();
  return (
    <Page title={t.me}>
      <Scroll narrow>
        <ProfilePart />
        <PasswordPart />
        <TwoFactorPart />
        {can('accounts.listSessions') && <Sessions />}
      </Scroll>
    </Page>
  );
}

function ProfilePart() {
  const t = useText(text);
  const me = useMe();
  const save = useCommand('accounts.updateProfile');
  const [name, setName] = useState(me.name);
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ name }, { onSuccess: () => tell(t.saved) });
  }
  return (
    <Part title={t.profile} about={me.company?.name}>
      <Facts
        rows={[
          [t.email, me.email],
          [t.myRoles, <GrantWords key="roles" grants={me.grants} />],
        ]}
      />
      <form onSubmit={submit} className={styles.form}>
        <Field
          label={t.name}
          required
          maxLength={100}
          error={save.error?.field('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <ErrorLine error={save.error} />
        <Button submit busy={save.isPending} disabled={name.trim() === '' || name === me.name}>
          {t.saveName}
        </Button>
      </form>
    </Part>
  );
}
