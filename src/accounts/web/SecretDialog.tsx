import { useText } from '#platform/language.tsx';
import { Button, Dialog, tell } from '#ui/index.tsx';
import styles from './Accounts.module.css';
import { text } from './text.ts';

type Props = { title: string; about: string; secret: string; onClose: () => void };

/** Something that is shown once: a first password, a key. */
export function SecretDialog({ title, about, secret, onClose }: Props) {
  const t = useText(text);
  const copy = () => void navigator.clipboard.writeText(secret).then(() => tell(t.copied));
  return (
    <Dialog
      title={title}
      about={about}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose}>
          {t.done}
        </Button>
      }
    >
      <p className="row">
        <code className={styles.secret}>{secret}</code>
        <Button icon="copy" onClick={copy}>
          {t.copy}
        </Button>
      </p>
    </Dialog>
  );
}
