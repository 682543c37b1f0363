import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { Button, ErrorLine, Field, Icon } from '#ui/index.tsx';
import { type AuthInfo, authCall } from './auth-call.ts';
import styles from './SignIn.module.css';
import { signInText } from './sign-in-text.ts';

type Props = {
  email: string;
  sample: AuthInfo['sample'];
  onEmail: (email: string) => void;
  onSecond: () => void;
  onDone: () => void;
};

export function PasswordForm({ email, sample, onEmail, onSecond, onDone }: Props) {
  const t = useText(signInText);
  const [password, setPassword] = useState('');
  const [plain, setPlain] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const secret = useRef<HTMLInputElement>(null);
  const picked = sample.find((person) => person.email === email)?.email;
  useEffect(() => {
    if (picked) secret.current?.focus();
  }, [picked]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const answer = await authCall<{ twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', { email, password });
      if (answer.twoFactorRedirect) onSecond();
      else onDone();
    } catch (problem) {
      setError(problem as Error);
      secret.current?.select();
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <Field
        tall
        label={t.email}
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => onEmail(event.target.value)}
      />
      <Field
        tall
        ref={secret}
        label={t.password}
        type={plain ? 'text' : 'password'}
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        after={
          <button
            type="button"
            aria-label={plain ? t.hide : t.show}
            aria-pressed={plain}
            onClick={() => setPlain(!plain)}
          >
            <Icon name="eye" className="t3" />
          </button>
        }
      />
      <ErrorLine error={error} />
      <Button look="primary" submit busy={busy} hotkey="Enter">
        {t.signIn}
      </Button>
      <p className="f12 t3">{t.forgotten}</p>
    </form>
  );
}
