import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { Button, CheckField, ErrorLine, Field } from '#ui/index.tsx';
import { authCall } from './auth-call.ts';
import styles from './SignIn.module.css';
import { signInText } from './sign-in-text.ts';

/** The second step: digits of the app, or one of the recovery codes. */
export function SecondFactor({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const t = useText(signInText);
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [trust, setTrust] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const path = recovery ? 'verify-backup-code' : 'verify-totp';
      await authCall(`/api/auth/two-factor/${path}`, { code: code.trim(), trustDevice: trust });
      onDone();
    } catch (problem) {
      setError(problem as Error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <Field
        key={String(recovery)}
        tall
        autoFocus
        required
        label={recovery ? t.recovery : t.second}
        inputMode={recovery ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        maxLength={recovery ? 40 : 6}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <CheckField label={t.trust} checked={trust} onChange={(event) => setTrust(event.target.checked)} />
      <ErrorLine error={error} />
      <Button look="primary" submit busy={busy} hotkey="Enter">
        {t.verify}
      </Button>
      <p className="row">
        <Button look="quiet" small onClick={() => setRecovery(!recovery)}>
          {recovery ? t.useApp : t.useRecovery}
        </Button>
        <Button look="quiet" small onClick={onBack}>
          {t.back}
        </Button>
      </p>
    </form>
  );
}
