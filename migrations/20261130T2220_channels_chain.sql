-- Mails that answer one which has not come yet: the network does not keep their order.
create index channel_mail_chain on channel_mail using gin (chain);
