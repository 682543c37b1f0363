import { useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand } from '#platform/web.ts';
import { Button, CheckField, Dialog, ErrorLine, tell } from '#ui/index.tsx';
import type { Person } from './GrantWords.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { text } from './text.ts';

/** What an administrator does with an account as a whole. */
export function PersonActions({ person }: { person: Person }) {
  const t = useText(text);
  const [asking, setAsking] = useState<'disable' | 'reset' | null>(null);
  const enable = useCommand('accounts.enablePerson');
  const unlock = useCommand('accounts.unlockPerson');
  const saved = { onSuccess: () => tell(t.saved), onError: (error: Error) => tell(error.message, { tone: 'danger' }) };
  const close = () => setAsking(null);
  return (
    <span className="row">
      {person.lockedUntil && (
        <Button icon="lock" busy={unlock.isPending} onClick={() => unlock.mutate({ id: person.id }, saved)}>
          {t.unlock}
        </Button>
      )}
      <Button icon="key" onClick={() => setAsking('reset')}>
        {t.resetPassword}
      </Button>
      {person.disabledAt ? (
        <Button busy={enable.isPending} onClick={() => enable.mutate({ id: person.id }, saved)}>
          {t.enable}
        </Button>
      ) : (
        <Button look="danger" onClick={() => setAsking('disable')}>
          {t.disable}
        </Button>
      )}
      {asking === 'disable' && <DisableDialog person={person} onClose={close} />}
      {asking === 'reset' && <ResetDialog person={person} onClose={close} />}
    </span>
  );
}

type Props = { person: Person; onClose: () => void };

function DisableDialog({ person, onClose }: Props) {
  const t = useText(text);
  const disable = useCommand('accounts.disablePerson');
  return (
    <Dialog
      title={t.disableAsk(person.name)}
      about={t.disableAbout}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button
            look="danger"
            busy={disable.isPending}
            onClick={() => disable.mutate({ id: person.id }, { onSuccess: onClose })}
          >
            {t.disableDo(person.name)}
          </Button>
        </>
      }
    >
      <ErrorLine error={disable.error} />
    </Dialog>
  );
}

function ResetDialog({ person, onClose }: Props) {
  const t = useText(text);
  const reset = useCommand('accounts.resetPassword');
  const [secondFactor, setSecondFactor] = useState(false);
  if (reset.data) {
    return (
      <SecretDialog title={t.resetPassword} about={t.firstPassword} secret={reset.data.password} onClose={onClose} />
    );
  }
  return (
    <Dialog
      title={t.resetAsk(person.name)}
      about={t.resetAbout}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="danger" busy={reset.isPending} onClick={() => reset.mutate({ id: person.id, secondFactor })}>
            {t.resetDo}
          </Button>
        </>
      }
    >
      {person.twoFactor && (
        <CheckField
          label={t.resetSecond}
          checked={secondFactor}
          onChange={(event) => setSecondFactor(event.target.checked)}
        />
      )}
      <ErrorLine error={reset.error} />
    </Dialog>
  );
}
