import type { accounts } from '#accounts/contract.ts';
import type { calls } from '#calls/contract.ts';
import type { catalogue } from '#catalogue/contract.ts';
import type { channels } from '#channels/contract.ts';
import type { connectors } from '#connectors/contract.ts';
import type { customers } from '#customers/contract.ts';
import type { followups } from '#followups/contract.ts';
import type { launches } from '#launches/contract.ts';
import type { malls } from '#malls/contract.ts';
import type { orders } from '#orders/contract.ts';
import type { audit } from '#platform/contract/audit.ts';
import type { jobs } from '#platform/contract/jobs.ts';
import type { requests } from '#requests/contract.ts';
import type { routing } from '#routing/contract.ts';
import type { templates } from '#templates/contract.ts';
import type { tickets } from '#tickets/contract.ts';
import type { transfers } from '#transfers/contract.ts';
import type { voc } from '#voc/contract.ts';

/** All contracts, for the types of the web's calls; nothing of them is bundled. */
declare module '#platform/web.ts' {
  interface Register {
    rooms: {
      audit: typeof audit;
      jobs: typeof jobs;
      accounts: typeof accounts;
      malls: typeof malls;
      catalogue: typeof catalogue;
      customers: typeof customers;
      orders: typeof orders;
      tickets: typeof tickets;
      channels: typeof channels;
      requests: typeof requests;
      followups: typeof followups;
      transfers: typeof transfers;
      routing: typeof routing;
      voc: typeof voc;
      templates: typeof templates;
      calls: typeof calls;
      launches: typeof launches;
      connectors: typeof connectors;
    };
  }
}
