import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useMe } from '#platform/me.tsx';
import { refreshRooms } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, Part, tell } from '#ui/index.tsx';
import { authRoute } from './auth-route.ts';
import { EnrolDialog, type Enrolment, RecoveryCodes } from './EnrolDialog.tsx';
import { text } from './text.ts';

type Wish = 'enable' | 'disable' | 'generate-backup-codes';
type Answer = { totpURI?: string; backupCodes?: string[] };

/** The second factor: on by scanning a code, off by password. */
export function TwoFactorPart() {
  const t = useText(text);
  const me = useMe();
  const client = useQueryClient();
  const [wish, setWish] = useState<Wish | null>(null);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);

  function answered(answer: Answer) {
    setWish(null);
    if (wish === 'enable' && answer.totpURI) setEnrolment({ uri: answer.totpURI, codes: answer.backupCodes ?? [] });
    if (wish === 'generate-backup-codes') setCodes(answer.backupCodes ?? []);
    if (wish === 'disable') tell(t.turnedOff);
    refreshRooms(client, ['accounts']);
  }

  return (
    <Part title={t.twoFactor} about={me.twoFactor ? t.on : t.off}>
      <p className="t2">{me.twoFactor ? t.secondOn : t.secondOff}</p>
      <p className="row" style={{ marginTop: 8 }}>
        {!me.twoFactor && (
          <Button icon="shield" onClick={() => setWish('enable')}>
            {t.turnOn}
          </Button>
        )}
        {me.twoFactor && <Button onClick={() => setWish('generate-backup-codes')}>{t.newCodes}</Button>}
        {me.twoFactor && (
          <Button look="danger" onClick={() => setWish('disable')}>
            {t.turnOff}
          </Button>
        )}
      </p>
      {wish && <ConfirmDialog wish={wish} onDone={answered} onClose={() => setWish(null)} />}
      {enrolment && <EnrolDialog enrolment={enrolment} onClose={() => setEnrolment(null)} />}
      {codes && (
        <Dialog title={t.codes} about={t.codesAbout} onClose={() => setCodes(null)}>
          <RecoveryCodes codes={codes} />
        </Dialog>
      )}
    </Part>
  );
}

function ConfirmDialog({
  wish,
  onDone,
  onClose,
}: {
  wish: Wish;
  onDone: (answer: Answer) => void;
  onClose: () => void;
}) {
  const t = useText(text);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const name = { enable: t.turnOn, disable: t.turnOff, 'generate-backup-codes': t.newCodes }[wish];
  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      onDone(await authRoute<Answer>(`two-factor/${wish}`, { password }));
    } catch (problem) {
      setError(problem as Error);
    }
  }
  return (
    <Dialog title={name} onClose={onClose}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 16 }}>
        <Field
          autoFocus
          required
          label={t.confirmPassword}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <ErrorLine error={error} />
        <Button look="primary" submit disabled={!password}>
          {name}
        </Button>
      </form>
    </Dialog>
  );
}
