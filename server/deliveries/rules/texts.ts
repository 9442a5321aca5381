import { escapeHtml } from '#server/platform/rules/text.ts'
import type { RejectReason } from '#server/reports/rules/lifecycle.ts'
import type { DeliveryKind } from './delivery.ts'
import { segmentsOf, withoutAccents } from './sms.ts'

/**
 * Texts to reporters, in Vietnamese like the answers. A message links to the page of the report and contains neither
 * the report nor the answer, because third parties transmit it.
 */
type Said = { code: string; link: string | null }

/** The event as a complete sentence and a shorter one. */
const sentences: Record<DeliveryKind, { long: string; short: string; subject: string; act: string }> = {
  answer: {
    subject: 'Trả lời phản ánh {code}',
    long: 'Phản ánh {code} của ông/bà đã có trả lời.',
    short: 'Phản ánh {code} đã có trả lời.',
    act: 'Xem trả lời và đánh giá kết quả',
  },
  passed_on: {
    subject: 'Trả lời phản ánh {code}',
    long: 'Phản ánh {code} của ông/bà đã có trả lời, chung với phản ánh cùng nội dung.',
    short: 'Phản ánh {code} đã có trả lời.',
    act: 'Xem trả lời',
  },
  rejection: {
    subject: 'Trả lời về việc không tiếp nhận phản ánh {code}',
    long: 'Phản ánh {code} của ông/bà không thuộc trường hợp được tiếp nhận xử lý.',
    short: 'Phản ánh {code} không được tiếp nhận.',
    act: 'Xem lý do và hướng dẫn',
  },
  question: {
    subject: 'Đề nghị bổ sung thông tin phản ánh {code}',
    long: 'Để xử lý phản ánh {code}, đề nghị ông/bà bổ sung thông tin.',
    short: 'Đề nghị bổ sung thông tin phản ánh {code}.',
    act: 'Xem nội dung và bổ sung',
  },
  notice: {
    subject: 'Thông báo liên quan đến phản ánh {code}',
    long: 'Thành phố có thông báo liên quan đến phản ánh {code} của ông/bà.',
    short: 'Có thông báo về phản ánh {code}.',
    act: 'Xem thông báo',
  },
  rating_reminder: {
    subject: 'Mời đánh giá kết quả xử lý phản ánh {code}',
    long: 'Mời ông/bà đánh giá kết quả xử lý phản ánh {code}.',
    short: 'Mời đánh giá kết quả phản ánh {code}.',
    act: 'Đánh giá kết quả',
  },
}

const withCode = (text: string, code: string): string => text.replace('{code}', code)

/** The sentence of a message, for programs that display it themselves. */
export const sentenceOf = (kind: DeliveryKind, { code }: Said): string => withCode(sentences[kind].long, code)

/** A short message: the fullest text that fits into one message, else the shortest text. */
export function shortMessage(kind: DeliveryKind, said: Said, { plain }: { plain: boolean }): string {
  const { long, short } = sentences[kind]
  const link = said.link === null ? '' : ` ${said.link}`
  const texts = [`UBND TP Hà Nội: ${long} Xem tại:`, `UBND TP Hà Nội: ${short} Xem:`, `iHanoi: ${short}`].map(
    (text) => `${withCode(said.link === null ? text.replace(/ Xem( tại)?:$/, '') : text, said.code)}${link}`,
  )
  const written = texts.map((text) => (plain ? withoutAccents(text) : text))
  return written.find((text) => segmentsOf(text) === 1) ?? (written.at(-1) as string)
}

export type MailTexts = { subject: string; text: string; html: string }

/** A mail as plain text and as HTML, with the same words. */
export function mailTexts(kind: DeliveryKind, said: Said): MailTexts {
  const { subject, long, act } = sentences[kind]
  const sentence = withCode(long, said.code)
  const [greeting, why, sender] = [
    'Kính gửi ông/bà,',
    'Đường dẫn này dành riêng cho người gửi phản ánh, đề nghị không chuyển cho người khác. Thư được gửi tự động, đề nghị không trả lời thư này.',
    'Hệ thống tiếp nhận và trả lời phản ánh, kiến nghị – Ủy ban nhân dân thành phố Hà Nội',
  ]
  const text = [greeting, sentence, ...(said.link ? [`${act}: ${said.link}`] : []), why, sender].join('\n\n')
  const link = said.link
    ? `<p><a href="${escapeHtml(said.link)}">${act}</a></p><p style="color:#555">${escapeHtml(said.link)}</p>`
    : ''
  const html = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${escapeHtml(withCode(subject, said.code))}</title></head>
<body style="font-family:Arial,sans-serif;font-size:16px;line-height:1.5;color:#111;max-width:36em">
<p>${greeting}</p><p>${escapeHtml(sentence)}</p>${link}<p style="color:#555;font-size:14px">${why}</p><p>${sender}</p></body></html>`
  return { subject: withCode(subject, said.code), text, html }
}

/** The subject of a letter after "Về việc" (V/v), which official letters have below their number. */
export const letterSubjects: Record<DeliveryKind, string> = {
  answer: 'trả lời phản ánh, kiến nghị',
  passed_on: 'trả lời phản ánh, kiến nghị',
  rejection: 'trả lời phản ánh không thuộc phạm vi tiếp nhận',
  question: 'đề nghị bổ sung thông tin phản ánh',
  notice: 'thông báo liên quan đến phản ánh',
  rating_reminder: 'đánh giá kết quả xử lý phản ánh',
}

/** The reject reasons as a letter states them. */
export const rejectionWords: Record<RejectReason, string> = {
  out_of_scope: 'không thuộc phạm vi tiếp nhận của hệ thống',
  complaint_or_denunciation: 'là khiếu nại, tố cáo, được giải quyết theo pháp luật về khiếu nại, tố cáo',
  state_secret: 'có nội dung thuộc phạm vi bí mật nhà nước',
  not_own_picture: 'kèm hình ảnh không do người gửi tự chụp',
  insufficient: 'chưa đủ thông tin để xử lý',
  spam: 'có nội dung không phù hợp',
  test: 'là phản ánh thử nghiệm',
}
