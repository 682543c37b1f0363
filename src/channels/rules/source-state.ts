/**
 * How a source of messages stands. `off`: turned off or taken out of the settings. `refused`: our password is not
 * taken. `blocked`: the settings lead to an address that is not allowed.
 */
export const SOURCE_STATES = ['off', 'connecting', 'ok', 'down', 'refused', 'blocked'] as const;
export type SourceState = (typeof SOURCE_STATES)[number];
