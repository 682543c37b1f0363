export type Theme = 'light' | 'dark' | 'system';

const STORED = 'haedap.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
let chosen: Theme = readTheme();

function readTheme(): Theme {
  const stored = localStorage.getItem(STORED);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function show() {
  const isDark = chosen === 'dark' || (chosen === 'system' && dark.matches);
  if (isDark) document.documentElement.dataset.theme = 'dark';
  else delete document.documentElement.dataset.theme;
}

dark.addEventListener('change', show);

/** Theme of this browser until the person's own is known: no flash of the other one. */
export const themeNow = (): Theme => chosen;

export function applyTheme(theme: Theme): void {
  chosen = theme;
  localStorage.setItem(STORED, theme);
  show();
}

/** Language of this browser until the person's own is known. */
export function languageNow(): 'ko' | 'en' {
  const stored = localStorage.getItem('haedap.language');
  if (stored === 'ko' || stored === 'en') return stored;
  return navigator.language.startsWith('ko') ? 'ko' : 'en';
}

export function keepLanguage(language: 'ko' | 'en'): void {
  localStorage.setItem('haedap.language', language);
}

show();
