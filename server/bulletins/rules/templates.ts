import type { AlertPanel } from './alert.ts'
import type { Audience, BulletinKind, BulletinSeverity } from './bulletin.ts'
import type { Block } from './document.ts'
import { type BulletinContent, emptyText } from './schemas.ts'

/** What a template knows of the incident it is written in. */
export type TemplateSubject = {
  incident: string | null
  areaIds: readonly number[]
  areaNames: readonly string[]
  at: Date
}

type Form = {
  severity: BulletinSeverity
  audience: readonly Audience[]
  /** How long it usually holds. */
  hours: number | null
  title: string
  summary: string
  /** A line that begins with "– " is an item, with "# " a heading, with "! " a callout. */
  body: readonly string[]
}

const city = 'Thành phố Hà Nội'

/** Ellipses stand where only the writer knows: nothing with one in its title can be mistaken for ready. */
const forms: Readonly<Record<BulletinKind, Form>> = {
  warning: {
    severity: 'warning',
    audience: ['everyone'],
    hours: 6,
    title: 'Cảnh báo … tại {areas}',
    summary: 'Từ {time} đến …, {areas} có khả năng …. Người dân hạn chế ra ngoài và theo dõi bản tin tiếp theo.',
    body: [
      'Lúc {time}, {incident} …. Trong … giờ tới, {areas} có khả năng …',
      '# Người dân cần làm gì',
      '– Ở trong nhà kiên cố, tránh xa cửa kính, cây lớn, biển quảng cáo và đường dây điện.',
      '– Không đi qua ngầm tràn, hầm chui, đoạn đường ngập.',
      '– Đưa xe, đồ điện lên cao; ngắt điện khi nước vào nhà.',
      '! Cần cứu giúp: gọi 112 hoặc 114. Phản ánh cây đổ, ngập úng: gọi 1022 hoặc ứng dụng iHanoi.',
    ],
  },
  road_closed: {
    severity: 'advisory',
    audience: ['drivers'],
    hours: 6,
    title: 'Cấm đường … đoạn …',
    summary: 'Từ {time} đến …, cấm phương tiện qua …. Người đi đường theo lối …',
    body: [
      'Do {incident}, từ {time} đến …, không cho phương tiện đi qua …',
      '# Lối đi thay thế',
      '– Từ … đi …: theo …',
      '– Xe tải trên … tấn: theo …',
      '! Không cố đi qua đoạn ngập. Xe chết máy: gọi 1022.',
    ],
  },
  shelter: {
    severity: 'warning',
    audience: ['evacuees'],
    hours: 24,
    title: 'Nơi trú tránh tại {areas}',
    summary: 'Từ {time}, {areas} mở … nơi trú tránh cho người phải sơ tán.',
    body: [
      'Từ {time}, các nơi sau mở cửa suốt ngày đêm, có nước uống, thức ăn và nhân viên y tế:',
      '– …, số …, phố …',
      '– …, số …, phố …',
      '# Mang theo',
      '– Giấy tờ tùy thân, thuốc đang dùng, đèn pin, áo ấm, sữa cho trẻ nhỏ.',
      '! Cần đưa đón người già, người khuyết tật: gọi …',
    ],
  },
  power: {
    severity: 'advisory',
    audience: ['everyone'],
    hours: 12,
    title: 'Mất điện tại {areas}',
    summary: 'Từ {time}, mất điện tại {areas}. Dự kiến có điện lại lúc …',
    body: [
      'Do {incident}, từ {time} mất điện tại …. Dự kiến có điện lại lúc …',
      '– Không chạm vào dây điện rơi; đứng cách ít nhất 10 mét và báo ngay.',
      '– Rút phích cắm thiết bị; không chạy máy phát trong nhà kín.',
      '! Báo sự cố điện: gọi 19001288.',
    ],
  },
  water: {
    severity: 'advisory',
    audience: ['everyone'],
    hours: 12,
    title: 'Gián đoạn cấp nước tại {areas}',
    summary: 'Từ {time}, cấp nước gián đoạn tại {areas}. Dự kiến có nước lại lúc …',
    body: [
      'Từ {time}, cấp nước gián đoạn tại …. Dự kiến có nước lại lúc …',
      '– Điểm lấy nước tạm thời: …',
      '– Nước đục khi có lại: xả vài phút trước khi dùng, đun sôi để uống.',
      '! Báo sự cố nước: gọi …',
    ],
  },
  health: {
    severity: 'advisory',
    audience: ['everyone'],
    hours: 72,
    title: 'Phòng bệnh sau {incident}',
    summary: 'Ngành y tế hướng dẫn phòng … tại {areas}.',
    body: [
      'Từ {time}, người dân tại {areas} chú ý …',
      '– Uống nước đun sôi, ăn chín, rửa tay bằng xà phòng.',
      '– Thau rửa bể nước, khử khuẩn theo hướng dẫn của trạm y tế.',
      '! Có dấu hiệu bệnh: đến trạm y tế gần nhất hoặc gọi 115.',
    ],
  },
  all_clear: {
    severity: 'info',
    audience: ['everyone'],
    hours: null,
    title: 'Hết cảnh báo … tại {areas}',
    summary: 'Từ {time}, cảnh báo … tại {areas} không còn hiệu lực.',
    body: [
      'Từ {time}, cảnh báo … tại {areas} không còn hiệu lực.',
      '– Trở về nhà khi chính quyền phường, xã cho phép; kiểm tra điện, mái, cây trước khi vào.',
      '! Phản ánh thiệt hại, cây đổ, rác: gọi 1022 hoặc ứng dụng iHanoi.',
    ],
  },
  news: { severity: 'info', audience: ['everyone'], hours: null, title: '', summary: '', body: [] },
  policy: { severity: 'info', audience: ['everyone'], hours: null, title: '', summary: '', body: [] },
}

/** A bulletin of its kind to begin from, with what the incident says already filled in. */
export function templateOf(kind: BulletinKind, subject: TemplateSubject): BulletinContent {
  const { severity, audience, hours, title, summary, body } = forms[kind]
  const { areaIds, areaNames, at } = subject
  const words: Record<string, string> = {
    incident: subject.incident ?? '…',
    areas: areaNames.length === 0 || areaNames.length > 3 ? city : areaNames.join(', '),
    time: momentWords(at),
  }
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '…')
  return {
    kind,
    severity,
    audience: [...audience],
    areaIds: [...areaIds],
    validFrom: hours === null ? null : at.toISOString(),
    validTo: hours === null ? null : new Date(at.getTime() + hours * 3_600_000).toISOString(),
    source: '',
    contact: '1022',
    vi: { title: fill(title), summary: fill(summary), body: { type: 'doc', content: blocksOf(body.map(fill)) } },
    en: null,
    alert: null,
  }
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  for (const line of lines) {
    const words = line.replace(/^[–#!] /, '')
    const last = blocks.at(-1)
    if (line.startsWith('– ')) {
      const item = { type: 'listItem' as const, content: [paragraph(words)] }
      if (last?.type === 'bulletList') last.content.push(item)
      else blocks.push({ type: 'bulletList', content: [item] })
    } else if (line.startsWith('# ')) {
      blocks.push({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: words }] })
    } else if (line.startsWith('! ')) {
      blocks.push({ type: 'callout', attrs: { tone: 'warning' }, content: [paragraph(words)] })
    } else blocks.push(paragraph(words))
  }
  return blocks
}

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })

/** "20:00 ngày 07/09/2024", on Hanoi's clocks. */
function momentWords(at: Date): string {
  const [day, time] = new Date(at.getTime() + 7 * 3_600_000).toISOString().split('T') as [string, string]
  return `${time.slice(0, 5)} ngày ${day.split('-').reverse().join('/')}`
}

/** The last bulletin once more, to be brought up to date: what held only for the last is left out. */
export function duplicateOf(content: BulletinContent, at: Date): BulletinContent {
  const { validFrom, validTo, alert } = content
  const span = validFrom && validTo ? Date.parse(validTo) - Date.parse(validFrom) : null
  return {
    ...content,
    validFrom: span === null ? null : at.toISOString(),
    validTo: span === null ? null : new Date(at.getTime() + span).toISOString(),
    alert: alert && { ...alert, onset: null, expires: null },
  }
}

export type QuickLines = { title: string; summary: string; body: string }

/** Three lines are a bulletin: what, whom it concerns, what to do. */
export function quickContent(kind: BulletinKind, subject: TemplateSubject, lines: QuickLines): BulletinContent {
  const base = templateOf(kind, subject)
  const content = lines.body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(paragraph)
  return { ...base, vi: { ...emptyText, title: lines.title, summary: lines.summary, body: { type: 'doc', content } } }
}

type Suggestion = Pick<AlertPanel, 'event' | 'eventEn' | 'category' | 'response' | 'urgency' | 'severity' | 'certainty'>

const suggestions: Readonly<Record<BulletinKind, Suggestion>> = {
  warning: suggestion('Thời tiết nguy hiểm', 'Severe weather', 'Met', 'Shelter', 'Expected', 'Severe', 'Likely'),
  road_closed: suggestion('Cấm đường', 'Road closure', 'Transport', 'Avoid', 'Immediate', 'Moderate', 'Observed'),
  shelter: suggestion('Sơ tán', 'Evacuation', 'Safety', 'Evacuate', 'Immediate', 'Severe', 'Likely'),
  power: suggestion('Mất điện', 'Power outage', 'Infra', 'Monitor', 'Immediate', 'Minor', 'Observed'),
  water: suggestion('Gián đoạn cấp nước', 'Water supply cut', 'Infra', 'Monitor', 'Immediate', 'Minor', 'Observed'),
  health: suggestion('Cảnh báo y tế', 'Health warning', 'Health', 'Prepare', 'Expected', 'Moderate', 'Likely'),
  all_clear: suggestion('Hết nguy hiểm', 'All clear', 'Safety', 'AllClear', 'Past', 'Minor', 'Observed'),
  news: suggestion('Thông báo', 'Notice', 'Other', 'None', 'Unknown', 'Unknown', 'Unknown'),
  policy: suggestion('Thông báo', 'Notice', 'Other', 'None', 'Unknown', 'Unknown', 'Unknown'),
}

function suggestion(
  event: string,
  eventEn: string,
  category: Suggestion['category'],
  response: Suggestion['response'],
  urgency: Suggestion['urgency'],
  severity: Suggestion['severity'],
  certainty: Suggestion['certainty'],
): Suggestion {
  return { event, eventEn, category, response, urgency, severity, certainty }
}

/** The alert that is proposed for a bulletin of this kind; an emergency is extreme and now. */
export function suggestedAlert({ kind, severity, validTo }: BulletinContent): AlertPanel {
  const proposed = suggestions[kind]
  const isEmergency = severity === 'emergency'
  return {
    ...proposed,
    ...(isEmergency && { urgency: 'Immediate' as const, severity: 'Extreme' as const }),
    onset: null,
    expires: validTo,
    instruction: '',
    instructionEn: '',
  }
}
