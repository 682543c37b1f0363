import { type LiveMessage, openLive } from './live-source.ts';

/** One line for all tabs of a browser: it opens six connections to a server at most. */
const tabs = new Set<MessagePort>();
let last: LiveMessage | null = null;

const line = openLive((message) => {
  if (message.type === 'line') last = message;
  for (const tab of tabs) tab.postMessage(message);
});

addEventListener('connect', (event) => {
  const tab = (event as MessageEvent).ports[0];
  if (!tab) return;
  tabs.add(tab);
  tab.onmessage = ({ data }) => {
    if (data === 'bye') tabs.delete(tab);
    if (data === 'reopen') line.reopen();
  };
  if (last) tab.postMessage(last);
});
