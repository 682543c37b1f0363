import { type FormEvent, useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { OperationError } from '#platform/web-call.ts';
import { Button, ErrorLine, Field } from '#ui/index.tsx';
import { authCall } from './auth-call.ts';
import styles from './SignIn.module.css';
import { signInText } from './sign-in-text.ts';

const FIELDS = ['code', 'company', 'name', 'email', 'password'] as const;
type Values = Record<(typeof FIELDS)[number], string>;

/** The first person of a real company: with the code on the server's terminal, once. */
export function SetUp({ rule, onDone }: { rule: { min: number; max: number }; onDone: () => void }) {
  const t = useText(signInText);
  const language = useLanguage();
  const [values, setValues] = useState<Values>({ code: '', company: '', name: '', email: '', password: '' });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const wrong = (path: string) => (error instanceof OperationError ? error.field(path) : undefined);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await authCall('/api/auth-setup', { ...values, language });
      await authCall('/api/auth/sign-in/email', { email: values.email, password: values.password });
      onDone();
    } catch (problem) {
      setError(problem as Error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      {FIELDS.map((field) => (
        <Field
          key={field}
          tall
          required
          label={t[field]}
          type={field === 'email' || field === 'password' ? field : 'text'}
          autoComplete={field === 'password' ? 'new-password' : field === 'email' ? 'username' : 'off'}
          hint={field === 'password' ? t.rule(String(rule.min)) : undefined}
          error={wrong(field)}
          value={values[field]}
          onChange={(event) => setValues({ ...values, [field]: event.target.value })}
        />
      ))}
      <ErrorLine error={error} />
      <Button look="primary" submit busy={busy}>
        {t.create}
      </Button>
    </form>
  );
}
