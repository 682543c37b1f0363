/** A rule: whatever it names must hold; of several words or senders one is enough. Empty lists name nothing. */
export type Rule = {
  name: string;
  words: readonly string[];
  /** With one of these in it, it is something else: `개인 소장용`. */
  without: readonly string[];
  /** `@company.co.kr` (with what lies below it), a whole address, or the end of a phone number. */
  senders: readonly string[];
  malls: readonly string[];
  channels: readonly string[];
  /** Who is in charge. */
  person: string;
  tag: string;
};

export type Contact = {
  subject: string;
  text: string;
  mall: string;
  channel: string;
  email: string | null;
  phone: string | null;
};

/** As it is compared: Korean is written joined or split (단체 주문, 단체주문), Latin large or small. */
export const plain = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, '');

const digits = (text: string) => text.replaceAll(/\D/g, '');

/** Whether a sender is meant: a domain means itself and what lies below it, never one that only ends alike. */
function isSender(sender: string, { email, phone }: Contact): boolean {
  const wanted = plain(sender);
  if (wanted === '') return false;
  const address = email === null ? '' : plain(email);
  if (wanted.startsWith('@')) {
    const domain = address.slice(address.lastIndexOf('@') + 1);
    return address.includes('@') && (domain === wanted.slice(1) || domain.endsWith(`.${wanted.slice(1)}`));
  }
  if (wanted.includes('@')) return address === wanted;
  return digits(wanted).length >= 4 && phone !== null && digits(phone).endsWith(digits(wanted));
}

/** Somebody speaks with the customer already: such a contact is taken from nobody unless the rule names its channel. */
const SPOKEN = ['phone', 'manual'];

/** Why a rule matches: the words and senders that were found. Null when it does not; a rule that names nothing never does. */
export function whyMatches(rule: Rule, contact: Contact): string[] | null {
  if (rule.words.length === 0 && rule.senders.length === 0) return null;
  if (rule.malls.length > 0 && !rule.malls.includes(contact.mall)) return null;
  if (rule.channels.length > 0 ? !rule.channels.includes(contact.channel) : SPOKEN.includes(contact.channel))
    return null;
  const said = plain(`${contact.subject} ${contact.text}`);
  const holds = (word: string) => plain(word) !== '' && said.includes(plain(word));
  if (rule.without.some(holds)) return null;
  const words = rule.words.filter(holds);
  const senders = rule.senders.filter((sender) => isSender(sender, contact));
  if (rule.words.length > 0 && words.length === 0) return null;
  if (rule.senders.length > 0 && senders.length === 0) return null;
  return [...words, ...senders];
}

/** The first rule that matches, in their order, and why. */
export function route<R extends Rule>(rules: readonly R[], contact: Contact): { rule: R; why: string[] } | null {
  for (const rule of rules) {
    const why = whyMatches(rule, contact);
    if (why) return { rule, why };
  }
  return null;
}

/** In which centre somebody gets a case: where it is if they work there, else their own first one. */
export function centreFor(centres: readonly string[] | null, centre: string): string {
  return centres === null || centres.includes(centre) ? centre : (centres[0] ?? centre);
}
