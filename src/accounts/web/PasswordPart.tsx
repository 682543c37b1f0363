import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useMe } from '#platform/me.tsx';
import { refreshRooms } from '#platform/web.ts';
import { Button, Chip, ErrorLine, Field, Part, tell } from '#ui/index.tsx';
import styles from './Accounts.module.css';
import { authRoute } from './auth-route.ts';
import { text } from './text.ts';

/** Changes one's own password; all other devices are signed out. */
export function PasswordPart() {
  const t = useText(text);
  const me = useMe();
  const client = useQueryClient();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNext] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await authRoute('change-password', { currentPassword, newPassword });
      setCurrent('');
      setNext('');
      refreshRooms(client, ['accounts']);
      tell(t.passwordChanged);
    } catch (problem) {
      setError(problem as Error);
    } finally {
      setBusy(false);
    }
  }
  const aside = me.mustChangePassword && (
    <Chip tone="warn" icon="warn">
      {t.mustChange}
    </Chip>
  );
  return (
    <Part title={t.password} about={aside}>
      <form onSubmit={submit} className={styles.form}>
        <Field
          label={t.currentPassword}
          type="password"
          autoComplete="current-password"
          required
          value={currentPassword}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <Field
          label={t.newPassword}
          type="password"
          autoComplete="new-password"
          required
          hint={t.passwordRule}
          value={newPassword}
          onChange={(event) => setNext(event.target.value)}
        />
        <ErrorLine error={error} />
        <Button submit busy={busy} disabled={!currentPassword || !newPassword}>
          {t.changePassword}
        </Button>
      </form>
    </Part>
  );
}
