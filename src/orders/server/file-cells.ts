import { maskEmail, maskPhone } from '#platform/masking.ts';

/** Headings of columns that say who or where somebody is. */
const PERSONAL =
  /(이름|성명|성함|자명|인명|예금주|주소|배송지|전화|연락처|휴대|핸드폰|이메일|메일|아이디|ID$|통관|PCCC|주민|계좌|생년|비밀번호|name|phone|address|mail)/i;
const EMAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g;
const PHONE = /(?<!\d)0\d{1,3}[- .]?\d{3,4}[- .]?\d{4}(?!\d)/g;

/**
 * Cells of a file that nobody declared: those of a heading that names a person are hidden whole, and phones and e-mail
 * addresses that stand in others (a note) are masked.
 */
export function maskedCells(cells: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(cells).map(([heading, text]) => [
      heading,
      PERSONAL.test(heading.replace(/\s+/g, '')) ? '***' : text.replace(EMAIL, maskEmail).replace(PHONE, maskPhone),
    ]),
  );
}
