import { useNavigate } from '@tanstack/react-router';
import { useText, useTitle } from '#platform/language.tsx';
import { useMe } from '#platform/me.tsx';
import type { Language } from '#platform/operation.ts';
import { roleTitle } from '#platform/roles.ts';
import { useCommand } from '#platform/web.ts';
import { tell } from '#ui/index.tsx';
import { Menu, MenuChoice, MenuHead, MenuItem, MenuLine } from '#ui/Menu.tsx';
import { MeWords } from './MeWords.tsx';
import styles from './TopBar.module.css';
import { text } from './text.ts';
import type { Theme } from './theme.ts';
import { useSignOut } from './useSignOut.ts';

/** Who I am, how my screens look, and the way out. */
export function MeMenu({ onKeys }: { onKeys: () => void }) {
  const t = useText(text);
  const title = useTitle();
  const me = useMe();
  const navigate = useNavigate();
  const save = useCommand('accounts.updateProfile');
  const change = (wish: { language?: Language; theme?: Theme }) =>
    save.mutate(wish, { onError: (error) => tell(error.message, { tone: 'danger' }) });
  const signOut = useSignOut();
  const role = me.grants[0]?.role;
  return (
    <Menu label={`${t.myMenu}: ${me.name}`} className={styles.me ?? ''} trigger={<MeWords />} open>
      <MenuHead>
        <p className="semi">{me.name}</p>
        <p className="t3 f12">
          {role && `${title(roleTitle(role))} · `}
          {me.email}
        </p>
      </MenuHead>
      <MenuLine />
      <MenuChoice
        title={t.language}
        value={me.language as Language}
        options={[
          ['ko', '한국어'],
          ['en', 'English'],
        ]}
        onChange={(language) => change({ language })}
      />
      <MenuChoice
        title={t.theme}
        value={me.theme as Theme}
        options={[
          ['light', t.light],
          ['dark', t.dark],
          ['system', t.system],
        ]}
        onChange={(theme) => change({ theme })}
      />
      <MenuLine />
      <MenuItem icon="shield" onSelect={() => void navigate({ to: '/me' })}>
        {t.profile}
      </MenuItem>
      <MenuItem icon="key" onSelect={() => void navigate({ to: '/me/keys' })}>
        {t.apiKeys}
      </MenuItem>
      <MenuItem icon="ops" hotkey="Shift+/" onSelect={onKeys}>
        {t.keys}
      </MenuItem>
      <MenuItem icon="link" onSelect={() => window.open('/api/docs', '_blank', 'noopener')}>
        {t.apiDocs}
      </MenuItem>
      <MenuLine />
      <MenuItem icon="out" onSelect={() => void signOut()}>
        {t.signOut}
      </MenuItem>
    </Menu>
  );
}
