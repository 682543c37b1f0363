import { useState } from 'react';
import { useText, useTitle } from '#platform/language.tsx';
import { ROLE_NAMES, roleTitle } from '#platform/roles.ts';
import { type InputOf, useCommand } from '#platform/web.ts';
import { Button, ErrorLine, IconButton, Part, SelectField, tell } from '#ui/index.tsx';
import styles from './Accounts.module.css';
import type { Grant, Person } from './GrantWords.tsx';
import { CentreScope, MallScope, PartnerScope } from './ScopeFields.tsx';
import { text } from './text.ts';

type Row = Grant & { key: string };
type Grants = InputOf<'accounts.setGrants'>['grants'];
const NEW: Grant = { role: 'agent', malls: null, centres: null, partners: null };

/** Who has which role where. */
export function GrantEditor({ person }: { person: Person }) {
  const t = useText(text);
  const save = useCommand('accounts.setGrants');
  const [rows, setRows] = useState<Row[]>(() => person.grants.map((grant) => ({ ...grant, key: crypto.randomUUID() })));
  const change = (key: string, next: Partial<Grant>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...next } : row)));
  const bare = rows.map(({ key: _, ...grant }) => grant);
  const same = JSON.stringify(bare) === JSON.stringify(person.grants);
  const submit = () => save.mutate({ id: person.id, grants: bare as Grants }, { onSuccess: () => tell(t.savedGrants) });
  return (
    <Part
      title={t.grants}
      about={t.grantsAbout}
      actions={
        <Button small icon="plus" onClick={() => setRows([...rows, { ...NEW, key: crypto.randomUUID() }])}>
          {t.addRole}
        </Button>
      }
    >
      {rows.length === 0 && <p className="t3">{t.noRole}</p>}
      {rows.map((row) => (
        <GrantRow
          key={row.key}
          grant={row}
          onChange={(next) => change(row.key, next)}
          onRemove={() => setRows(rows.filter((one) => one.key !== row.key))}
        />
      ))}
      <ErrorLine error={save.error} />
      <p className="row" style={{ marginTop: 12 }}>
        <Button look="primary" busy={save.isPending} disabled={same} onClick={submit}>
          {t.save}
        </Button>
      </p>
    </Part>
  );
}

type RowProps = { grant: Grant; onChange: (next: Partial<Grant>) => void; onRemove: () => void };

function GrantRow({ grant, onChange, onRemove }: RowProps) {
  const t = useText(text);
  const title = useTitle();
  return (
    <div className={styles.grant}>
      <SelectField
        label={t.role}
        value={grant.role}
        onChange={(event) => onChange({ role: event.target.value as Grant['role'] })}
      >
        {ROLE_NAMES.map((role) => (
          <option key={role} value={role}>
            {title(roleTitle(role))}
          </option>
        ))}
      </SelectField>
      <MallScope value={grant.malls} onChange={(malls) => onChange({ malls })} />
      <CentreScope value={grant.centres} onChange={(centres) => onChange({ centres })} />
      <PartnerScope
        value={grant.partners}
        onChange={(partners) => onChange({ partners })}
        needed={grant.role === 'partner'}
      />
      <IconButton icon="x" label={t.removeRole} onClick={onRemove} />
    </div>
  );
}
