import { Link } from '@tanstack/react-router';
import { useText } from '#platform/language.tsx';
import { Empty } from '#ui/index.tsx';
import { text } from './text.ts';

/** No such address, or not for this person. */
export function NotHere() {
  const t = useText(text);
  return <Empty icon="search" title={t.notHere} about={t.notHereAbout} action={<Link to="/">{t.toWork}</Link>} />;
}
