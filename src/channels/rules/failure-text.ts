/** Why a mail did not reach its receiver, in words for whoever wrote it. */
const WORDS: Record<string, string> = {
  bounced: '받는 메일 서버가 되돌려 보냈습니다',
  no_such_recipient: '받는 주소가 없습니다',
  mailbox_full: '받는 편지함이 가득 찼습니다',
  rejected: '받는 메일 서버가 받지 않았습니다',
  too_large: '받는 메일 서버가 받기에 너무 큽니다',
  gave_up: '하루 동안 보냈지만 받는 메일 서버가 답하지 않았습니다',
  no_recipient: '고객의 메일 주소를 모릅니다. 고객 화면에서 메일 주소를 확인해 주세요',
};

/** A code of ours and what the other server said, for the writer of the mail. At most 500 characters. */
export function failureText(why: string, detail: string | null): string {
  const byStatus = /\b5\.1\.[1236]\b|\b550\b.*(unknown|no such|not exist)/i.test(detail ?? '')
    ? 'no_such_recipient'
    : null;
  const full = /\b5\.2\.2\b|quota|mailbox (is )?full/i.test(detail ?? '') ? 'mailbox_full' : null;
  const words = WORDS[(why === 'bounced' || why === 'rejected' ? (full ?? byStatus) : null) ?? why] ?? WORDS.rejected;
  return detail ? `${words} (${detail.slice(0, 300)})` : `${words}`;
}
