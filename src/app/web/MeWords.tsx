import { useMe } from '#platform/me.tsx';
import { Icon } from '#ui/index.tsx';

/** What stands on the button of my menu. */
export function MeWords() {
  const me = useMe();
  return (
    <>
      <Icon name="user" small />
      {me.name}
      <Icon name="chev" small />
    </>
  );
}
