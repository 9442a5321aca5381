import { escapeHtml } from '#server/platform/rules/text.ts'

const cell = 'padding:6px 10px;border:1px solid #d4dae1;vertical-align:top'
const quiet = 'margin:4px 0;color:#51606f;font-size:13px'

/** Pieces of a letter. Mail programs ignore style sheets: every style is inline. All text given is escaped. */
export const html = {
  heading: (text: string) => `<h2 style="margin:24px 0 8px;font-size:16px">${escapeHtml(text)}</h2>`,
  th: (text: string, align = 'right') =>
    `<th align="${align}" style="${cell};background:#eef1f4;font-size:13px">${escapeHtml(text)}</th>`,
  td: (text: string, align = 'right', style = '') =>
    `<td align="${align}" style="${cell};${style}">${escapeHtml(text)}</td>`,
  /** Of cells that are rendered already. */
  table: (head: string, rows: readonly string[]) =>
    `<table role="presentation" cellspacing="0" style="width:100%;border-collapse:collapse;font-size:14px">${
      head && `<tr>${head}</tr>`
    }${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`,
  quiet: (text: string) => `<p style="${quiet}">${escapeHtml(text)}</p>`,
}

type Page = {
  locale: string
  title: string
  /** Above the title, and below it. */
  over: string
  under: string
  headline: string
  link: { href: string; words: string } | null
  /** Rendered pieces. */
  body: string
  /** In small print at the end. */
  notes: readonly string[]
}

/** The whole letter. */
export function letterHtml({ locale, title, over, under, headline, link, body, notes }: Page): string {
  const e = escapeHtml
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>${e(title)}</title></head>
<body style="margin:0;background:#f6f7f9"><div style="max-width:680px;margin:0 auto;padding:24px;background:#ffffff;color:#17212e;font:15px/1.5 Arial,sans-serif">
${html.quiet(over)}
<h1 style="margin:0;font-size:20px">${e(title)}</h1>
${html.quiet(under)}
<p style="margin:16px 0;font-size:16px"><b>${e(headline)}</b></p>
${link ? `<p><a href="${e(link.href)}" style="color:#0b5fa5">${e(link.words)}</a></p>` : ''}
${body}
<hr style="margin:24px 0 8px;border:0;border-top:1px solid #d4dae1">
${notes.map(html.quiet).join('\n')}
</div></body></html>
`
}
