import { type FormEvent, useState } from 'react';
import { useText, useTitle } from '#platform/language.tsx';
import { ROLE_NAMES, roleTitle } from '#platform/roles.ts';
import { type InputOf, useCommand } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, SelectField } from '#ui/index.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { text } from './text.ts';

type Grants = InputOf<'accounts.createPerson'>['grants'];

/** Makes an account and shows its first password, once. Scopes follow on the person's own page. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const title = useTitle();
  const create = useCommand('accounts.createPerson');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState('agent');
  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({ name, email, grants: (role ? [{ role }] : []) as Grants });
  }
  if (create.data) {
    const { person, password } = create.data;
    return <SecretDialog title={t.created(person.name)} about={t.firstPassword} secret={password} onClose={onClose} />;
  }
  return (
    <Dialog title={t.add} onClose={onClose}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 16 }}>
        <Field
          autoFocus
          required
          label={t.name}
          maxLength={100}
          error={create.error?.field('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          required
          label={t.email}
          type="email"
          maxLength={200}
          error={create.error?.field('email')}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <SelectField label={t.role} value={role} onChange={(event) => setRole(event.target.value)}>
          <option value="">{t.noRole}</option>
          {ROLE_NAMES.filter((one) => one !== 'partner').map((one) => (
            <option key={one} value={one}>
              {title(roleTitle(one))}
            </option>
          ))}
        </SelectField>
        <ErrorLine error={create.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" submit busy={create.isPending}>
            {t.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
