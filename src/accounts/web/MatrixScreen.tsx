import { Fragment } from 'react';
import { useText, useTitle } from '#platform/language.tsx';
import { type OutputOf, useOperation } from '#platform/web.ts';
import { ErrorNote, Icon, Page, Scroll, Skeleton } from '#ui/index.tsx';
import styles from './Accounts.module.css';
import { text } from './text.ts';

type Matrix = OutputOf<'accounts.permissionMatrix'>;

/** Which role may do what: the whole table, generated from the contracts. */
export function Screen() {
  const t = useText(text);
  const matrix = useOperation('accounts.permissionMatrix', {});
  return (
    <Page title={t.matrix} about={t.matrixAbout}>
      {matrix.error && <ErrorNote error={matrix.error} onRetry={() => void matrix.refetch()} />}
      {matrix.isPending && <Skeleton rows={18} />}
      {matrix.data && (
        <Scroll>
          <MatrixTable matrix={matrix.data} />
        </Scroll>
      )}
    </Page>
  );
}

function MatrixTable({ matrix }: { matrix: Matrix }) {
  const t = useText(text);
  const title = useTitle();
  return (
    <table className={styles.matrix}>
      <thead>
        <tr>
          <th scope="col">{t.permission}</th>
          {matrix.roles.map(({ role, title: name }) => (
            <th key={role} scope="col">
              {title(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {matrix.rooms
          .filter(({ permissions }) => permissions.length > 0)
          .map((room) => (
            <Fragment key={room.room}>
              <tr>
                <th scope="rowgroup" colSpan={matrix.roles.length + 1} className={styles.room}>
                  {title(room.title)}
                </th>
              </tr>
              {room.permissions.map((permission) => (
                <PermissionRow key={permission.permission} permission={permission} roles={matrix.roles} />
              ))}
            </Fragment>
          ))}
        <tr>
          <th scope="rowgroup" colSpan={matrix.roles.length + 1} className={styles.room}>
            {t.signedInAll}
          </th>
        </tr>
        <tr>
          <td colSpan={matrix.roles.length + 1} className={styles.everybody}>
            {matrix.signedIn.map((operation) => title(operation.title)).join(' · ')}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

type RowProps = { permission: Matrix['rooms'][number]['permissions'][number]; roles: Matrix['roles'] };

function PermissionRow({ permission, roles }: RowProps) {
  const t = useText(text);
  const title = useTitle();
  const names = permission.operations.map((operation) => title(operation.title)).join(', ');
  return (
    <tr>
      <th scope="row" title={names}>
        {title(permission.title)} <span className="t3 f12">{permission.permission}</span>
      </th>
      {roles.map(({ role }) => (
        <td key={role}>
          {permission.roles.includes(role) ? (
            <Icon name="check" className="ok" label={t.allowed} />
          ) : (
            <span className="sr">{t.denied}</span>
          )}
        </td>
      ))}
    </tr>
  );
}
