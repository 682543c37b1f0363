import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { encode } from 'uqr';
import { useText } from '#platform/language.tsx';
import { refreshRooms } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, tell } from '#ui/index.tsx';
import styles from './Accounts.module.css';
import { authRoute } from './auth-route.ts';
import { text } from './text.ts';

export type Enrolment = { uri: string; codes: string[] };

/** Turns the second factor on: scan, keep the recovery codes, prove it with six digits. */
export function EnrolDialog({ enrolment, onClose }: { enrolment: Enrolment; onClose: () => void }) {
  const t = useText(text);
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const secret = new URL(enrolment.uri).searchParams.get('secret') ?? '';
  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      await authRoute('two-factor/verify-totp', { code: code.trim() });
      refreshRooms(client, ['accounts']);
      tell(t.turnedOn);
      onClose();
    } catch (problem) {
      setError(problem as Error);
    }
  }
  return (
    <Dialog title={t.turnOn} wide onClose={onClose}>
      <div className={styles.qr}>
        <QrCode text={enrolment.uri} label={t.scan} />
        <div>
          <p>{t.scan}</p>
          <p className="t3 f12">{t.secret}</p>
          <p>
            <code className={styles.secret}>{secret}</code>
          </p>
        </div>
      </div>
      <RecoveryCodes codes={enrolment.codes} />
      <form onSubmit={submit} className={styles.form}>
        <Field
          required
          label={t.digits}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <ErrorLine error={error} />
        <Button look="primary" submit disabled={code.trim().length < 6}>
          {t.finish}
        </Button>
      </form>
    </Dialog>
  );
}

export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const t = useText(text);
  return (
    <section aria-label={t.codes}>
      <p className="t2 f12">{t.codesAbout}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </section>
  );
}

/** Black squares on white in both themes: cameras want it so. */
function QrCode({ text: content, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const { data, size: cells } = encode(content, { border: 0 });
    const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { path: squares.join(''), size: cells };
  }, [content]);
  return (
    <div>
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
        <path d={path} fill="#000" />
      </svg>
    </div>
  );
}
