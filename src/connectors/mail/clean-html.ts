import { Parser } from 'htmlparser2';
import sanitize from 'sanitize-html';

/** HTML that is safe to show: no scripts, styles of its own, forms or frames, and nothing that loads from elsewhere. */
export type CleanHtml = {
  html: string;
  /** Images that would be loaded from elsewhere; their addresses stand in `data-remote`. */
  remote: number;
  /** Content-Ids of images that came along, which `data-cid` names. */
  cids: string[];
};

/** Longer HTML is shown as its text only; the raw message stays at hand. */
export const MOST_HTML = 2_000_000;
const DEEPEST = 60;

const TAGS = [
  ...['p', 'div', 'span', 'br', 'hr', 'blockquote', 'pre', 'center', 'font', 'a', 'img'],
  ...['b', 'strong', 'i', 'em', 'u', 's', 'strike', 'del', 'ins', 'sub', 'sup', 'small', 'big', 'code', 'mark'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd'],
  ...['table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
];
const COLOUR = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]{3,40}\)$/i, /^[a-z]{3,20}$/i];
const LENGTH = [/^[\d.]{1,6}(px|pt|em|rem|%)?$/i];
const WORDS = [/^[a-z-]{1,20}$/i];
const STYLES = {
  ...{ color: COLOUR, 'background-color': COLOUR, 'border-color': COLOUR },
  ...{ 'font-size': [/^[\d.]{1,5}(px|pt|em|rem|%)$/i], 'font-weight': [/^(bold|normal|\d00)$/i], 'font-style': WORDS },
  ...{ 'text-align': WORDS, 'text-decoration': WORDS, 'vertical-align': WORDS, 'border-collapse': WORDS },
  ...{ padding: LENGTH, 'padding-left': LENGTH, 'margin-left': LENGTH, width: LENGTH },
};

/** Sanitises a message's HTML by sanitize-html. */
export function cleanHtml(html: string): CleanHtml {
  let remote = 0;
  const cids: string[] = [];
  const image = (attribs: Record<string, string>): Record<string, string> => {
    const src = (attribs.src ?? '').trim();
    const { alt = '', width = '', height = '' } = attribs;
    const size = { ...(/^\d{1,4}$/.test(width) ? { width } : {}), ...(/^\d{1,4}$/.test(height) ? { height } : {}) };
    if (/^cid:/i.test(src)) {
      const cid = cidOf(src);
      cids.push(cid);
      return { 'data-cid': cid, alt, ...size };
    }
    if (!/^(https?:)?\/\//i.test(src)) return { alt };
    remote += 1;
    return { 'data-remote': src.replace(/^\/\//, 'https://'), alt, ...size };
  };
  const clean = sanitize(html.slice(0, MOST_HTML), {
    allowedTags: TAGS,
    allowedAttributes: {
      a: ['href', 'title', 'target', 'rel'],
      img: ['data-cid', 'data-remote', 'alt', 'width', 'height'],
      td: ['colspan', 'rowspan', 'align', 'valign', 'width', 'bgcolor'],
      th: ['colspan', 'rowspan', 'align', 'valign', 'width', 'bgcolor'],
      table: ['width', 'border', 'cellpadding', 'cellspacing', 'align', 'bgcolor'],
      font: ['color', 'size'],
      ol: ['start'],
      '*': ['style', 'dir'],
    },
    allowedStyles: { '*': STYLES },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: [] },
    allowProtocolRelative: false,
    nestingLimit: DEEPEST,
    nonTextTags: [
      'style',
      'script',
      'textarea',
      'option',
      'noscript',
      'title',
      'head',
      'object',
      'iframe',
      'svg',
      'math',
    ],
    transformTags: {
      img: (tagName, attribs) => ({ tagName, attribs: image(attribs) }),
      a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, target: '_blank', rel: 'noopener noreferrer' } }),
    },
  });
  return { html: clean, remote, cids };
}

function cidOf(src: string): string {
  const cid = src.slice(4);
  try {
    return decodeURIComponent(cid);
  } catch {
    return cid;
  }
}

const SILENT = new Set(['script', 'style', 'head', 'title', 'noscript', 'object', 'iframe', 'svg', 'math', 'select']);
const BLOCK = new Set([
  ...['p', 'div', 'tr', 'table', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'hr', 'pre', 'blockquote', 'center', 'section'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'article', 'header', 'footer', 'body'],
]);
/** What mail programs put around the text that they quote, besides blockquote. */
const QUOTE_ID = /^(divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|x?_?MailOriginal)$/i;

/** Text of HTML, its quoted parts with '> ' before each line. */
export function textOfHtml(html: string): string {
  const lines: string[] = [];
  let line = '';
  let quote = 0;
  let silent = 0;
  const open: { name: string; quote: boolean }[] = [];
  const flush = () => {
    const text = line.replaceAll(/[ \t\u00a0]+/g, ' ').trim();
    if (text || lines.at(-1)) lines.push(text && quote > 0 ? `> ${text}` : text);
    line = '';
  };
  const parser = new Parser(
    {
      onopentag(name, attribs) {
        if (SILENT.has(name)) silent += 1;
        if (BLOCK.has(name)) flush();
        if (name === 'br') flush();
        if (QUOTE_ID.test(attribs.id ?? '')) lines.push('-----Original Message-----');
        const quoted = name === 'blockquote' || /(^|\s)gmail_quote(\s|$)/.test(attribs.class ?? '');
        if (quoted) quote += 1;
        open.push({ name, quote: quoted });
      },
      ontext(text) {
        if (silent === 0) line += text.replaceAll(/\s+/g, ' ');
      },
      onclosetag(name) {
        if (BLOCK.has(name)) flush();
        if (SILENT.has(name)) silent = Math.max(0, silent - 1);
        const at = open.findLastIndex((it) => it.name === name);
        for (const gone of at < 0 ? [] : open.splice(at)) if (gone.quote) quote -= 1;
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html.slice(0, MOST_HTML * 2));
  flush();
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
