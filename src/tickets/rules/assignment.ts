export const MODES = ['manual', 'round_robin', 'load'] as const;
export type Mode = (typeof MODES)[number];

/** A contact that nobody has. */
export type Unassigned = { id: string; mall: string; channel: string };

/** Somebody who takes contacts now. Null: everything, or as many as the centre allows. */
export type Agent = {
  id: string;
  malls: readonly string[] | null;
  channels: readonly string[] | null;
  mostOpen: number;
  open: number;
  /** When they were last given one; null: not yet. */
  lastAt: number | null;
};

const serves = (agent: Agent, { mall, channel }: Unassigned) =>
  (agent.malls?.includes(mall) ?? true) && (agent.channels?.includes(channel) ?? true);

/** Who is next: by load who has the least, in turn who has waited longest; then the other, then by id. */
function before(mode: Mode, one: Agent, other: Agent): number {
  const turn = (one.lastAt ?? 0) - (other.lastAt ?? 0);
  const load = one.open - other.open;
  const order = mode === 'load' ? load || turn : turn || load;
  return order || (one.id < other.id ? -1 : 1);
}

/**
 * Whom each contact goes to, oldest first. Who is full or does not serve its mall or channel is passed over; a contact
 * that nobody can take waits. `manual` gives none.
 */
export function allot(
  waiting: readonly Unassigned[],
  agents: readonly Agent[],
  mode: Mode,
  now: number,
): { ticket: string; agent: string }[] {
  if (mode === 'manual') return [];
  const desk = agents.map((agent) => ({ ...agent }));
  const given: { ticket: string; agent: string }[] = [];
  for (const [index, ticket] of waiting.entries()) {
    const free = desk.filter((agent) => agent.open < agent.mostOpen && serves(agent, ticket));
    const next = free.sort((one, other) => before(mode, one, other))[0];
    if (!next) continue;
    next.open += 1;
    next.lastAt = now + index;
    given.push({ ticket: ticket.id, agent: next.id });
  }
  return given;
}
