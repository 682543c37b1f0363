import type { OutputOf } from '#platform/web.ts';
import { type ManualBlock, manualBlocks } from '../rules/manual.ts';
import styles from './Malls.module.css';

type Pictures = OutputOf<'malls.getManual'>['pictures'];

/** A manual as people read it: steps numbered through, pictures below what they show. */
export function ManualText({ body, pictures }: { body: string; pictures: Pictures }) {
  return (
    <div className={styles.manual}>
      {grouped(manualBlocks(body)).map((group) => (
        <Group key={group[0]?.line} group={group} pictures={pictures} />
      ))}
    </div>
  );
}

/** Steps that follow each other are one list. */
function grouped(blocks: readonly ManualBlock[]): ManualBlock[][] {
  const groups: ManualBlock[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last && last[0]?.kind === 'step' && block.kind === 'step') last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function Group({ group, pictures }: { group: ManualBlock[]; pictures: Pictures }) {
  const [first] = group;
  if (!first) return null;
  if (first.kind === 'step')
    return (
      <ol>
        {group.map(({ line, text }) => (
          <li key={line}>{text}</li>
        ))}
      </ol>
    );
  if (first.kind === 'heading') return <h3>{first.text}</h3>;
  if (first.kind !== 'picture') return <p>{first.text}</p>;
  const picture = pictures.find(({ id }) => id === first.id);
  return (
    <figure>
      <figcaption className="t2 f12">{first.text}</figcaption>
      {picture && <img src={`data:${picture.mime};base64,${picture.content}`} alt={first.text} />}
    </figure>
  );
}
