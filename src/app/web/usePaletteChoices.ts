import { useNavigate } from '@tanstack/react-router';
import { useTitle } from '#platform/language.tsx';
import { useCan, useMe } from '#platform/me.tsx';
import type { Words } from '#platform/operation.ts';
import { useCommand } from '#platform/web.ts';
import { tell } from '#ui/index.tsx';
import { allScreens } from './screens.ts';
import { EVERYDAY } from './usePanel.ts';
import { useSignOut } from './useSignOut.ts';

export type Choice = { id: string; icon: string; words: Words; name: string; keys?: string; act: () => void };

/** Screens and actions that this person has, for the palette. */
export function usePaletteChoices(onKeys: () => void): { screens: Choice[]; actions: Choice[] } {
  const can = useCan();
  const me = useMe();
  const title = useTitle();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const save = useCommand('accounts.updateProfile');
  const set = (wish: { language?: 'ko' | 'en'; theme?: 'light' | 'dark' | 'system' }) => () =>
    save.mutate(wish, { onError: (error) => tell(error.message, { tone: 'danger' }) });

  const screens = allScreens
    .filter((screen) => screen.listed && (!screen.needs || can(screen.needs)))
    .map((screen) => {
      const to = screen.path.replace(/\/\{-\$\w+\}/g, '');
      const keys = EVERYDAY.find(({ page }) => page === to)?.keys;
      const act = () => void navigate({ to });
      return {
        id: `screen ${to}`,
        icon: screen.icon,
        words: screen.title,
        name: title(screen.title),
        act,
        ...(keys ? { keys } : {}),
      };
    });
  const action = (id: string, icon: string, words: Words, act: () => void, keys?: string): Choice => ({
    id: `action ${id}`,
    icon,
    words,
    name: title(words),
    act,
    ...(keys ? { keys } : {}),
  });
  const actions = [
    me.theme === 'dark'
      ? action('light', 'sun', { ko: '밝은 화면으로', en: 'Light theme' }, set({ theme: 'light' }))
      : action('dark', 'moon', { ko: '어두운 화면으로', en: 'Dark theme' }, set({ theme: 'dark' })),
    me.language === 'ko'
      ? action('english', 'globe', { ko: '영어로 보기', en: 'Show in English' }, set({ language: 'en' }))
      : action('korean', 'globe', { ko: '한국어로 보기', en: 'Show in Korean' }, set({ language: 'ko' })),
    action('keys', 'ops', { ko: '이 화면의 단축키', en: 'Keys on this screen' }, onKeys, 'Shift+/'),
    action('docs', 'link', { ko: 'API 문서 열기', en: 'Open the API documentation' }, () =>
      window.open('/api/docs', '_blank', 'noopener'),
    ),
    action('out', 'out', { ko: '로그아웃', en: 'Sign out' }, () => void signOut()),
  ];
  return { screens, actions };
}
