import { useState } from 'react';
import { useText } from '#platform/language.tsx';
import { type ItemOf, useCommand, useOperation } from '#platform/web.ts';
import { Button, Dialog, Empty, ErrorLine, ErrorNote, Moment, Page, Scroll, Skeleton, tell } from '#ui/index.tsx';
import styles from './Accounts.module.css';
import { NewKeyDialog } from './NewKeyDialog.tsx';
import { text } from './text.ts';

type Key = ItemOf<'accounts.listKeys'>;

/** My API keys: what each may do, when it was used, and its end. */
export function Screen() {
  const t = useText(text);
  const list = useOperation('accounts.listKeys', {});
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const add = (
    <Button look="primary" icon="plus" onClick={() => setMaking(true)}>
      {t.newKey}
    </Button>
  );
  return (
    <Page title={t.keys} about={t.keysAbout} actions={add}>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={4} />}
      {list.data?.items.length === 0 && (
        <Empty
          icon="key"
          title={t.noKeys}
          about={t.noKeysAbout}
          action={
            <a href="/api/docs" target="_blank" rel="noopener">
              {t.docs}
            </a>
          }
        />
      )}
      <Scroll>
        {list.data && list.data.items.length > 0 && <KeyTable keys={list.data.items} onRevoke={setRevoking} />}
      </Scroll>
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
      {revoking && <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />}
    </Page>
  );
}

function KeyTable({ keys, onRevoke }: { keys: readonly Key[]; onRevoke: (key: Key) => void }) {
  const t = useText(text);
  return (
    <table className={styles.keys}>
      <thead>
        <tr>
          {[t.keyName, t.start, t.limits, t.lastUsed, t.expiresAt, t.createdAt].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th>
            <span className="sr">{t.revoke}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <td className="med">{key.name ?? '–'}</td>
            <td className="t2">{key.start}…</td>
            <td title={key.permissions?.join(', ')}>
              {key.permissions ? t.someOf(String(key.permissions.length)) : t.allMine}
            </td>
            <td>{key.lastUsedAt ? <Moment at={key.lastUsedAt} /> : <span className="t3">{t.neverUsed}</span>}</td>
            <td>{key.expiresAt ? <Moment at={key.expiresAt} /> : <span className="t3">{t.never}</span>}</td>
            <td className="t2">
              <Moment at={key.createdAt} />
            </td>
            <td className="num">
              <Button small look="danger" onClick={() => onRevoke(key)}>
                {t.revoke}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const t = useText(text);
  const revoke = useCommand('accounts.revokeKey');
  const name = apiKey.name ?? apiKey.start ?? '';
  const done = () => {
    tell(t.revoked);
    onClose();
  };
  return (
    <Dialog
      title={t.revokeAsk(name)}
      about={t.revokeAbout}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button
            look="danger"
            busy={revoke.isPending}
            onClick={() => revoke.mutate({ id: apiKey.id }, { onSuccess: done })}
          >
            {t.revokeDo(name)}
          </Button>
        </>
      }
    >
      <ErrorLine error={revoke.error} />
    </Dialog>
  );
}
