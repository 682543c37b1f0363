import { ROLE_TITLES } from '#accounts/contract.ts';
import { centreHours, centresKnown, peopleWith, personKnown } from '#accounts/server/read.ts';
import { contactsOf, partnersKnown } from '#catalogue/server/read.ts';
import { handle, type QueryContext } from '#platform/context.ts';
import { type Input, notFound } from '#platform/operation.ts';
import { type TicketShown, ticketPlace } from '#tickets/server/read.ts';
import { transfers } from '../contract.ts';
import { DEPARTMENT_ROLES, dueOf, KINDS, TEAM_ROLES } from '../rules/transfer.ts';

type To = Input<typeof transfers.operations.send>['to'];
type Ctx = Pick<QueryContext, 'db' | 'scoped'>;

/** Where a case can go: teams and departments that have people for its mall, the partner of its goods. */
export const receivers = handle(transfers.operations.receivers, async (ctx, { ticket: id }) => {
  const ticket = await ticketPlace(ctx, id);
  if (!ticket) return notFound();
  const { mall } = ticket;
  const teams = [];
  for (const { id: centre, name } of await centresKnown(ctx.db))
    for (const role of TEAM_ROLES) {
      const people = await peopleWith(ctx.db, { role, mall, centre });
      if (people > 0) teams.push({ centre, name, role, people });
    }
  const departments = [];
  for (const role of DEPARTMENT_ROLES) {
    const people = await peopleWith(ctx.db, { role, mall, centre: null });
    if (people > 0) departments.push({ role, people });
  }
  const partners = (await partnersOf(ctx, ticket)).map(({ id: partner, name }) => ({ id: partner, name }));
  const hours = await centreHours(ctx.db, ticket.centre);
  const dues = KINDS.map((kind) => ({ kind, dueAt: new Date(dueOf(kind, ctx.now.getTime(), hours)) }));
  return { teams, departments, partners, dues, nth: (await timesSent(ctx, id)) + 1 };
});

/** Partners that have to do with a ticket: its own, and that of its product. */
export async function partnersOf(ctx: Ctx, ticket: TicketShown) {
  const product = ticket.product ? await contactsOf(ctx, ticket.product) : null;
  const ids = [ticket.partner, product?.product.partnerId ?? null].filter((one) => one !== null);
  return partnersKnown(ctx, [...new Set(ids)]);
}

/** How often a ticket was transferred; what was withdrawn before anybody took it does not count. */
export async function timesSent({ scoped }: Pick<QueryContext, 'scoped'>, ticket: string): Promise<number> {
  const { many } = await scoped
    .selectFrom('transfer')
    .select(({ fn }) => fn.countAll<number>().as('many'))
    .where('transfer.ticket_id', '=', ticket)
    .where('transfer.state', '<>', 'withdrawn')
    .executeTakeFirstOrThrow();
  return Number(many);
}

/** The columns of whom a case goes to, and the hours in which they answer; null when nobody is there. */
export async function addressOf(ctx: Ctx, ticket: TicketShown, to: To) {
  if (to.receiver === 'partner') {
    const partner = (await partnersOf(ctx, ticket)).find(({ id }) => id === to.partner);
    if (!partner) return null;
    const columns = { partner_id: partner.id, to_centre: null, to_role: null, to_person: null, to_name: partner.name };
    return { hours: partner.businessHours, columns, centre: null };
  }
  const centre = to.receiver === 'team' ? to.centre : null;
  if ((await peopleWith(ctx.db, { role: to.role, mall: ticket.mall, centre })) === 0) return null;
  const known = centre ? (await centresKnown(ctx.db)).find(({ id }) => id === centre) : null;
  if (centre && !known) return null;
  const person = to.person === undefined ? null : await personKnown(ctx.db, to.person);
  if (to.person !== undefined && !person) return null;
  const name = [known?.name.ko, ROLE_TITLES[to.role].ko, person?.name].filter(Boolean).join(' ');
  const whom = { to_centre: centre, to_role: to.role as string, to_person: person?.id ?? null };
  const columns = { partner_id: null, ...whom, to_name: name };
  return { hours: await centreHours(ctx.db, centre ?? ticket.centre), columns, centre };
}
