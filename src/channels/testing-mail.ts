import type { z } from 'zod';
import type { channels } from './contract.ts';

type Accept = z.input<(typeof channels.operations.acceptMail)['input']>;
let number = 0;

/** A mail as the connector hands it over, of 김서연 unless told otherwise. */
export function mailOf(mail: Partial<Accept['mail']> = {}, more: Partial<Omit<Accept, 'mail'>> = {}): Accept {
  number += 1;
  const mailId = mail.mailId === undefined ? `m${number}@example.com` : mail.mailId;
  return {
    ...{
      source: 'email:help@shop.example',
      mall: 'own',
      key: `${mailId ?? 'none'} ${number}`,
      cursor: { uid: number },
    },
    ...more,
    mail: {
      ...{ inReplyTo: [], references: [], sender: 'kim@example.com', senderName: '김서연', replyTo: null },
      ...{ receivers: ['help@shop.example'], subject: '배송 문의', sentAt: null, text: '언제 도착하나요?' },
      ...{ quotedText: null, html: null, remoteImages: 0, raw: null, rawBytes: 0, files: [], machine: null },
      ...{ bounce: null, problems: [], ...mail, mailId },
    },
  };
}
