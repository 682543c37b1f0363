import { DAY, HOUR, koreanDate, MINUTE, nextWorking } from './calendar.ts';
import type { Contact, Facts } from './contact-text.ts';
import type { Rng } from './random.ts';
import { answerText, callNote, closingText, followUp, greetingText, internalNote, surveyText } from './replies.ts';
import type { Draft, Message, Talk, TicketWorld } from './ticket-world.ts';

/** How long the first answer takes, by channel, in minutes. */
const ANSWER_MINUTES: Record<Contact, readonly [number, number]> = {
  phone: [0, 0],
  manual: [0, 0],
  chat: [1, 14],
  kakao: [2, 40],
  talktalk: [3, 90],
  sns: [20, 240],
  board: [25, 420],
  form: [40, 600],
  email: [40, 700],
};

/** What was said after the first message, as far as it has happened. */
export function talkOf(world: TicketWorld, draft: Draft, facts: Facts, rng: Rng): Talk {
  const { channel, at, agent, leaf, result } = draft;
  const messages: Message[] = [{ kind: 'inbound', at, body: draft.firstText, agent: null }];
  const spoken = channel === 'phone' || channel === 'manual';
  const [least, most] = ANSWER_MINUTES[channel];
  const first = spoken
    ? at + rng.int(90, 540) * 1000
    : nextWorking(at) + Math.round(rng.next() ** 2 * (most - least) + least) * MINUTE;
  if (agent) {
    if (spoken) messages.push({ kind: 'call_note', at: first, body: callNote(leaf, result, facts, rng), agent });
    else
      written(messages, draft, { ...facts, date: koreanDate(nextWorking(first + rng.int(20, 60) * HOUR)) }, first, rng);
    if (rng.chance(0.12))
      messages.push({ kind: 'note', at: first + rng.int(2, 90) * MINUTE, body: internalNote(rng, leaf.code), agent });
  }
  const last = messages.reduce((latest, message) => Math.max(latest, message.at), 0);
  const solvedAt = last + (spoken && rng.chance(0.78) ? rng.int(5, 60) * 1000 : rng.int(3, 26 * 60) * MINUTE);
  const shown = messages.filter((message) => message.at <= world.now).sort((a, b) => a.at - b.at);
  const firstReply = shown.find((message) => message.kind === 'outbound' || message.kind === 'call_note')?.at ?? null;
  const stuck = world.now - at < 12 * DAY && rng.chance(0.035);
  if (solvedAt <= world.now && !stuck) return { status: 'solved', solvedAt, messages: shown, firstReply };
  const status =
    firstReply === null
      ? rng.chance(0.7)
        ? 'new'
        : 'open'
      : stuck
        ? rng.pick(['hold', 'pending', 'open'])
        : rng.pick(['open', 'open', 'pending']);
  return { status, solvedAt: null, messages: shown, firstReply };
}

function written(messages: Message[], draft: Draft, facts: Facts, first: number, rng: Rng): void {
  const { leaf, agent, channel, upset } = draft;
  const skill = agent?.skill ?? 'middle';
  const live = channel === 'chat' || channel === 'kakao' || channel === 'talktalk';
  let at = first;
  const say = (kind: string, body: string, after: number) => {
    at += after;
    messages.push({ kind, at, body, agent: kind === 'inbound' ? null : agent });
  };
  const greeting = live && rng.chance(0.5) ? greetingText(skill, facts) : null;
  if (greeting) say('outbound', greeting, 0);
  say('outbound', answerText(leaf.code, skill, facts, rng), live ? rng.int(20, 300) * 1000 : 0);
  if (rng.chance(live ? 0.72 : 0.3)) {
    say('inbound', followUp(messages.at(-1)?.body ?? '', upset, rng), rng.int(1, live ? 20 : 400) * MINUTE);
    if (live && rng.chance(0.6)) say('outbound', closingText(facts), rng.int(20, 240) * 1000);
    else if (upset)
      say(
        'outbound',
        answerText(leaf.code, 'middle', facts, rng),
        nextWorking(at + MINUTE) - at + rng.int(2, 120) * MINUTE,
      );
  }
  if (rng.chance(0.1)) say('outbound', surveyText(facts), rng.int(1, 5) * MINUTE);
}
