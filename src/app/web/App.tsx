import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { hotkeys } from '#platform/hotkeys.ts';
import { LanguageProvider } from '#platform/language.tsx';
import { connectLive } from '#platform/live-web.ts';
import { type Me, MeProvider } from '#platform/me.tsx';
import type { Language } from '#platform/operation.ts';
import { loadPreferences, savePreferences } from '#platform/preferences.ts';
import { rememberFor } from '#platform/remember.ts';
import { sessionGate } from '#platform/session-gate.ts';
import { callOperation, createQueryClient, OperationError, queryKey } from '#platform/web.ts';
import { ErrorNote } from '#ui/index.tsx';
import { authCall } from './auth-call.ts';
import { router } from './router.tsx';
import { applyTheme, keepLanguage, languageNow, type Theme } from './theme.ts';

const SignIn = lazy(() => import('./SignIn.tsx').then(({ SignIn: component }) => ({ default: component })));
const RENEW_MS = 30 * 60_000;

const client = createQueryClient();

/** The web: who is signed in decides what is shown. */
export function App() {
  return (
    <QueryClientProvider client={client}>
      <Session />
    </QueryClientProvider>
  );
}

const ME = queryKey('accounts.me', {});

function useMeQuery() {
  return useQuery({
    queryKey: ME,
    queryFn: async () => (await callOperation('accounts.me', {}, { gate: false })) as Me,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function Session() {
  const me = useMeQuery();
  const [browserLanguage, setBrowserLanguage] = useState<Language>(languageNow);
  const signedOut = me.error instanceof OperationError && me.error.status === 401;
  const language = me.data?.language ?? browserLanguage;
  const choose = useCallback((next: Language) => {
    keepLanguage(next);
    setBrowserLanguage(next);
  }, []);
  if (me.data) {
    return (
      <LanguageProvider language={language}>
        <Signed me={me.data} lost={signedOut} />
      </LanguageProvider>
    );
  }
  return (
    <LanguageProvider language={language}>
      {signedOut && (
        <Suspense>
          <SignIn onLanguage={choose} onDone={() => void me.refetch()} />
        </Suspense>
      )}
      {!signedOut && <ErrorNote error={me.error} onRetry={() => void me.refetch()} />}
    </LanguageProvider>
  );
}

function Signed({ me, lost }: { me: Me; lost: boolean }) {
  rememberFor(me.id);
  useKeptPreferences(me);
  useEffect(() => {
    keepLanguage(me.language as Language);
    applyTheme(me.theme as Theme);
    hotkeys.rebind(me.hotkeys);
  }, [me.language, me.theme, me.hotkeys]);
  useEffect(() => {
    if (lost) void sessionGate.lost();
  }, [lost]);
  const gateClosed = useSyncExternalStore(sessionGate.subscribe, sessionGate.isClosed);
  const reopenLive = useLiveSession();

  async function signedIn() {
    const now = (await client.fetchQuery({
      queryKey: ME,
      queryFn: () => callOperation('accounts.me', {}, { gate: false }),
      staleTime: 0,
    })) as Me;
    if (now.id !== me.id) return location.reload();
    sessionGate.restored();
    reopenLive();
  }

  return (
    <MeProvider me={me}>
      <RouterProvider router={router} />
      {gateClosed && (
        <Suspense>
          <SignIn over email={me.email} onDone={() => void signedIn()} />
        </Suspense>
      )}
    </MeProvider>
  );
}

/** What this person's screens remember: there before the first of them is drawn, and kept when the page is left. */
function useKeptPreferences({ preferences, drafts }: Me) {
  useState(() => loadPreferences(preferences, drafts));
  useEffect(() => loadPreferences(preferences, drafts), [preferences, drafts]);
  useEffect(() => {
    const leave = () => void savePreferences({ leaving: true });
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, []);
}

/** The live line and the renewal of the session, while somebody is signed in. Answers how to open the line anew. */
function useLiveSession(): () => void {
  const [line, setLine] = useState<ReturnType<typeof connectLive> | null>(null);
  useEffect(() => {
    const opened = connectLive(client);
    setLine(opened);
    const timer = setInterval(() => void authCall('/api/auth/get-session').catch(() => undefined), RENEW_MS);
    return () => {
      opened.close();
      clearInterval(timer);
    };
  }, []);
  return () => line?.reopen();
}
