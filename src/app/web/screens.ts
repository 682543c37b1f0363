import { accountScreens } from '#accounts/web/routes.tsx';
import { callScreens } from '#calls/web/routes.tsx';
import { catalogueScreens } from '#catalogue/web/routes.tsx';
import { channelScreens } from '#channels/web/routes.tsx';
import { connectorScreens } from '#connectors/web/routes.tsx';
import { customerScreens } from '#customers/web/routes.tsx';
import { followupScreens } from '#followups/web/routes.tsx';
import { launchScreens } from '#launches/web/routes.tsx';
import { mallScreens } from '#malls/web/routes.tsx';
import { orderScreens } from '#orders/web/routes.tsx';
import { screens } from '#platform/screen.ts';
import { requestScreens } from '#requests/web/routes.tsx';
import { routingScreens } from '#routing/web/routes.tsx';
import { templateScreens } from '#templates/web/routes.tsx';
import { ticketScreens } from '#tickets/web/routes.tsx';
import { transferScreens } from '#transfers/web/routes.tsx';
import { vocScreens } from '#voc/web/routes.tsx';
import { groundScreens } from './ground/routes.tsx';

/** Every screen there is, in the order of the rail. The tests open each of them. */
export const allScreens = screens([
  ...ticketScreens,
  ...requestScreens,
  ...followupScreens,
  ...transferScreens,
  ...templateScreens,
  ...callScreens,
  ...vocScreens,
  ...orderScreens,
  ...customerScreens,
  ...catalogueScreens,
  ...mallScreens,
  ...routingScreens,
  ...launchScreens,
  ...accountScreens,
  ...channelScreens,
  ...connectorScreens,
  ...groundScreens,
]);
