import type { Product } from './catalogue.ts';
import {
  aboutOrder,
  aboutProduct,
  type BaseText,
  type Contact,
  drawBase,
  type Facts,
  styleOf,
} from './contact-text.ts';
import type { Customer } from './customers.ts';
import type { Incident } from './incidents.ts';
import { drawChannel, drawMall, mallById } from './malls.ts';
import type { OrderRef } from './orders.ts';
import { type Rng, rngOf, uuidAt } from './random.ts';
import { factsOf, fittingProduct, textOf } from './ticket-facts.ts';
import { rowsOf } from './ticket-rows.ts';
import { talkOf } from './ticket-talk.ts';
import type { Subject, Ticket, TicketWorld } from './ticket-world.ts';
import { drawCode, leafOf, resultOf, type VocLeaf } from './voc.ts';

const WRITTEN: readonly Contact[] = ['chat', 'kakao', 'form', 'email'];

/** One contact: who, about what, in which words, and what came of it by now. `spoken`: it came by phone. */
export function makeTicket(
  world: TicketWorld,
  at: number,
  index: number,
  spoken: boolean,
  incident: Incident | null,
): Ticket {
  const rng = rngOf(world.seed, 'ticket', index);
  const subject = incident ? incidentSubject(world, at, incident, spoken, rng) : usualSubject(world, at, spoken, rng);
  const centre = centreOf(subject.mall, rng);
  const agents = world.agents[centre];
  const agent = agents.length > 0 ? rng.pick(agents) : null;
  const facts = factsOf(world, subject, agent, at, rng);
  const { firstText, core } = ownWords(world, subject, incident, facts, rng);
  const upset = subject.base?.mood === 'angry' || (incident !== null && rng.chance(0.4));
  const result = resultOf(subject.leaf.code, rng);
  const draft = {
    id: uuidAt(at, rng),
    number: index + 1,
    at,
    centre,
    agent,
    result,
    firstText,
    core,
    upset,
    incident: incident?.id ?? null,
    ...subject,
  };
  const talk = talkOf(world, draft, facts, rng);
  return { ...draft, ...talk, ...rowsOf(world, draft, talk, rng) };
}

/** People with the same trouble say it each in their own words: chance alone repeats more as the company grows. */
function ownWords(world: TicketWorld, subject: Subject, incident: Incident | null, facts: Facts, rng: Rng) {
  const names = [subject.customer.name];
  let words = textOf(subject, incident, facts, rng);
  for (let again = 0; again < 3 && world.lately.has(words.firstText, names); again++)
    words = textOf(subject, incident, facts, rng);
  world.lately.add(words.firstText, names);
  return words;
}

function usualSubject(world: TicketWorld, at: number, spoken: boolean, rng: Rng): Subject {
  const again = rng.chance(0.085) ? world.earlier(rng) : null;
  const leaf = again?.leaf ?? drawCode(rng);
  const anyMall = again?.mall ?? drawMall(rng);
  const drawn = spoken ? 'phone' : writtenChannel(anyMall, rng);
  const base = drawBase(leaf.code, drawn, rng);
  const kinds = base.kinds;
  const order = again ? again.order : aboutOrder(leaf.code) ? world.findOrder(at, leaf.code, kinds, rng) : null;
  const mall = order?.mall ?? anyMall;
  const channel = spoken ? 'phone' : order ? channelLike(drawn, mall, rng) : drawn;
  const customer = again?.customer ?? (order ? world.customers.at(order.customer) : world.customers.draw(rng, at));
  const product = productOf(world, leaf.code, base, order, rng);
  return {
    leaf,
    base,
    channel,
    mall: order ? mall : knownMall(customer, channel, anyMall),
    order: base.specific && !product ? null : order,
    product,
    customer,
  };
}

/** The mall of a contact without an order: one where the customer is known, if its channel exists there. */
function knownMall(customer: Customer, channel: Contact, drawn: string): string {
  const fits = (mall: string) =>
    channel === 'phone' || (mallById.get(mall)?.channels.some(([one]) => one === channel) ?? false);
  return customer.malls.find(fits) ?? drawn;
}

function writtenChannel(mall: string, rng: Rng): Contact {
  for (let i = 0; i < 8; i++) {
    const channel = drawChannel.get(mall)?.(rng) as Contact | undefined;
    if (channel && channel !== 'phone') return channel;
  }
  return 'email';
}

/** The text was chosen for a manner of writing: keep a channel of the same manner in the order's mall if it has one. */
function channelLike(drawn: Contact, mall: string, rng: Rng): Contact {
  const there: Contact[] = (mallById.get(mall)?.channels ?? [])
    .map(([channel]) => channel as Contact)
    .filter((channel) => channel !== 'phone');
  if (there.includes(drawn)) return drawn;
  const alike = there.filter((channel) => styleOf(channel) === styleOf(drawn));
  return alike.length > 0 ? rng.pick(alike) : 'email';
}

function productOf(world: TicketWorld, code: string, base: BaseText, order: OrderRef | null, rng: Rng): Product | null {
  const fits = (product: Product) => !base.specific || base.kinds.includes(product.kind);
  if (order) return order.lines.map((line) => line.product).find(fits) ?? null;
  if (!aboutProduct(code) && !base.text.includes('{product}')) return null;
  if (!base.specific && !base.text.includes('{product}') && code !== 'PIQ-INFO-SIZE') return null;
  return fittingProduct(world, base, rng);
}

function incidentSubject(world: TicketWorld, at: number, incident: Incident, spoken: boolean, rng: Rng): Subject {
  const x = rng.next();
  const code =
    incident.codes[x < 0.75 ? 0 : 1 + Math.floor(rng.next() * (incident.codes.length - 1))] ??
    (incident.codes[0] as string);
  const leaf = leafOf.get(code) as VocLeaf;
  const order =
    incident.id === 'defect'
      ? world.defectOrder(at, rng)
      : incident.id === 'strike'
        ? world.findOrder(at, 'STRIKE', [], rng)
        : null;
  const mall = order?.mall ?? incident.mall ?? drawMall(rng);
  const channel = spoken ? 'phone' : order ? writtenChannel(mall, rng) : rng.pick(WRITTEN);
  const customer = order ? world.customers.at(order.customer) : world.customers.draw(rng, at);
  const product =
    incident.id === 'defect'
      ? world.defectProduct
      : (order?.lines[0]?.product ?? (incident.id === 'strike' ? null : world.drawProduct(rng)));
  return { leaf, base: null, channel, mall, order, product, customer };
}

/** The outsourced centre answers its malls; what comes too much for it the own one takes. */
function centreOf(mall: string, rng: Rng): 'own' | 'outsourced' {
  const centre = mallById.get(mall)?.centre ?? 'own';
  return centre === 'outsourced' && rng.chance(0.1) ? 'own' : centre;
}
