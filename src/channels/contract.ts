import { contract } from '#platform/operation.ts';
import { connectOperations, connectPermissions } from './contract/connect.ts';
import { mailOperations, mailPermissions } from './contract/mail.ts';
import { settingOperations, settingPermissions } from './contract/settings.ts';

export const channels = contract('channels', {
  title: { ko: '채널', en: 'Channels' },
  permissions: { ...settingPermissions, ...connectPermissions, ...mailPermissions },
  operations: { ...settingOperations, ...connectOperations, ...mailOperations },
  companyWide: {
    saved: 'how a channel is worked concerns all who work in it',
    source_told: 'a dead mailbox concerns all who see the channels page; it names a mailbox of ours only',
    retry_asked: 'everybody who sees the channels page sees that it is tried again',
  },
});
