import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHotkeyListener } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import type { Language } from '#platform/operation.ts';
import { ErrorNote, Mark } from '#ui/index.tsx';
import { authInfo } from './auth-call.ts';
import { DemoPeople } from './DemoPeople.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { SecondFactor } from './SecondFactor.tsx';
import { SetUp } from './SetUp.tsx';
import styles from './SignIn.module.css';
import { signInText } from './sign-in-text.ts';
import { applyTheme, type Theme, themeNow } from './theme.ts';

type Props = {
  /** Over the present work, after the session was lost: nothing below is touched. */
  over?: boolean;
  email?: string;
  onLanguage?: (language: Language) => void;
  onDone: () => void;
};

/** Sign-in, its second factor, and the first set-up of a company. */
export function SignIn({ over, email, onLanguage, onDone }: Props) {
  const t = useText(signInText);
  const info = useQuery({ queryKey: ['auth-info'], queryFn: authInfo, staleTime: 60_000 });
  const sample = info.data?.sample ?? [];
  const [typed, setTyped] = useState<string | null>(email ?? null);
  const [second, setSecond] = useState(false);
  useHotkeyListener(!over);
  const address = typed ?? sample[0]?.email ?? '';
  const company = info.data?.company?.name;
  const name = company ? t.centreOf(company) : info.isPending ? '' : t.haedap;
  const form = second ? (
    <SecondFactor onDone={onDone} onBack={() => setSecond(false)} />
  ) : (
    <PasswordForm email={address} sample={sample} onEmail={setTyped} onSecond={() => setSecond(true)} onDone={onDone} />
  );
  return (
    <div
      className={over ? styles.over : styles.page}
      {...(over ? { role: 'dialog', 'aria-modal': true, 'aria-label': t.again } : {})}
    >
      <main
        className={over ? styles.card : styles.columns}
        data-single={sample.length === 0 || info.data?.needsSetUp ? '' : undefined}
      >
        <section>
          {!over && (
            <p className={styles.brand}>
              <Mark label="" size={26} />
              <b>{t.haedap}</b>
            </p>
          )}
          <h1>{over ? t.again : info.data?.needsSetUp ? t.setUp : name}</h1>
          <p className="t2">{over ? t.againAbout : info.data?.needsSetUp ? t.setUpAbout : t.motto}</p>
          {info.error && <ErrorNote error={info.error} onRetry={() => void info.refetch()} />}
          {info.data && (info.data.needsSetUp ? <SetUp rule={info.data.password} onDone={onDone} /> : form)}
        </section>
        {!over && !second && sample.length > 0 && <DemoPeople people={sample} email={address} onPick={setTyped} />}
      </main>
      {onLanguage && <Foot sample={sample.length > 0} onLanguage={onLanguage} />}
    </div>
  );
}

function Foot({ sample, onLanguage }: { sample: boolean; onLanguage: (language: Language) => void }) {
  const t = useText(signInText);
  const language = useLanguage();
  const [theme, setTheme] = useState<Theme>(themeNow);
  const choose = (next: Theme) => {
    applyTheme(next);
    setTheme(next);
  };
  return (
    <footer className={styles.foot}>
      <span>
        <button type="button" aria-pressed={language === 'ko'} onClick={() => onLanguage('ko')}>
          한국어
        </button>
        <button type="button" aria-pressed={language === 'en'} onClick={() => onLanguage('en')}>
          English
        </button>
      </span>
      <span>
        {(['light', 'dark', 'system'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={theme === one} onClick={() => choose(one)}>
            {t[one]}
          </button>
        ))}
      </span>
      <span className="grow" />
      {sample && <span>{t.demo}</span>}
    </footer>
  );
}
