import { numberInWords, phoneInWords, spokenDate, spokenDay, spokenHour, spokenMonth } from './spoken-numbers.ts'

/** What offices abbreviate and an announcer says in full. */
const abbreviations: readonly [RegExp, string][] = [
  ['UBND', 'Ủy ban nhân dân'],
  ['HĐND', 'Hội đồng nhân dân'],
  ['CSGT', 'cảnh sát giao thông'],
  ['PCCC', 'phòng cháy, chữa cháy'],
  ['CNCH', 'cứu nạn, cứu hộ'],
  ['PCTT', 'phòng, chống thiên tai'],
  ['TKCN', 'tìm kiếm cứu nạn'],
  ['BHYT', 'bảo hiểm y tế'],
  ['THCS', 'trung học cơ sở'],
  ['THPT', 'trung học phổ thông'],
  ['KTTV', 'khí tượng thủy văn'],
  ['GTVT', 'giao thông vận tải'],
  ['QL', 'quốc lộ'],
  ['TL', 'tỉnh lộ'],
  ['TP', 'thành phố'],
].map(([short, words]) => [
  new RegExp(`(?<![\\p{L}\\d])${short}(?:\\.\\s*(?=\\p{L})|(?![\\p{Ll}]))`, 'gu'),
  short === 'TP' ? 'thành phố ' : `${words} `,
])

const roman: Readonly<Record<string, string>> = { I: 'một', II: 'hai', III: 'ba', IV: 'bốn', V: 'năm' }

/** Longer units come before their prefixes. */
const units: Readonly<Record<string, string>> = {
  'km/h': 'ki-lô-mét trên giờ',
  'm³/s': 'mét khối trên giây',
  'm3/s': 'mét khối trên giây',
  'm/s': 'mét trên giây',
  'mm/h': 'mi-li-mét một giờ',
  'km²': 'ki-lô-mét vuông',
  km2: 'ki-lô-mét vuông',
  'm²': 'mét vuông',
  m2: 'mét vuông',
  'm³': 'mét khối',
  m3: 'mét khối',
  mm: 'mi-li-mét',
  cm: 'xăng-ti-mét',
  km: 'ki-lô-mét',
  kg: 'ki-lô-gam',
  kV: 'ki-lô-vôn',
  kW: 'ki-lô-oát',
  ha: 'héc-ta',
  '°C': 'độ C',
  ºC: 'độ C',
  '%': 'phần trăm',
  m: 'mét',
  l: 'lít',
}
const unit = `(?:${Object.keys(units).join('|')})`
/** A figure with its thousands and decimals. */
const figure = '\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?|\\d+(?:,\\d+)?'
const to = '\\s*(?:[–—-]|đến)\\s*'
const alone = '(?<![\\p{L}\\d])'

const phone = '\\+?\\d(?:[ .-]?\\d){2,}'
const calling = new RegExp(
  `((?:gọi|tổng đài|đường dây nóng|điện thoại|hotline|số máy|liên hệ|SĐT|ĐT)(?:\\s+(?:ngay|tới|đến|theo|số|điện thoại))*\\s*:?\\s*)` +
    `(${phone}(?:\\s*(?:hoặc|hay|và|,|;|/|–|-)\\s*(?:số\\s+|gọi\\s+)?${phone}(?!\\s*(?:giờ|h\\d|ngày|phút|:\\d)))*)(?!\\d)`,
  'giu',
)
/** Patterns that are telephone numbers wherever they occur. */
const numbers = /(?<![\p{L}\d.,/-])(?:(?:\+84|0)(?:[ .-]?\d){8,10}|1[89]00(?:[ .-]?\d){4,6}|1022)(?![\d/])/gu

const day = '(0?[1-9]|[12]\\d|3[01])'
const month = '(0?[1-9]|1[0-2])'
const year = '(\\d{4})'
const clock = '([01]?\\d|2[0-4])'
const minutes = '([0-5]\\d)'
const int = (written: string | undefined): number => Number(written)
/** After a house or a lane "12/5" is no day. */
const notAHouse = '(?<!(?:số|số nhà|nhà|ngõ|ngách|hẻm|kiệt)\\s)(?<!\\d[/.-]?)(?<![\\p{L}])'

type Rule = [RegExp, (...found: string[]) => string]

const rules: readonly Rule[] = [
  [calling, (_, before = '', list = '') => before + list.replace(new RegExp(phone, 'g'), (each) => phoneInWords(each))],
  [numbers, (each) => phoneInWords(each)],
  [
    /(?<![\d/.,])(\d{1,2})\/(\d{1,2})(?=\s+(?:số|diện tích|dân số|chiều|đoạn|mặt|lòng)(?![\p{L}]))/giu,
    (_, part = '', of = '') => `${numberInWords(part)} phần ${numberInWords(of)}`,
  ],
  // Service hours. "24/7" is also the 24th of July: only after what is on duty or open does it mean around the clock.
  [/(?<![\p{L}\d/])24\/24(?:\s*(?:giờ|h)(?![\p{L}]))?(?![\d/])/giu, () => 'suốt ngày đêm'],
  [
    /(?<=(?:trực|canh gác|hoạt động|phục vụ|hỗ trợ|tiếp nhận|liên tục|làm việc|mở cửa|đường dây nóng|tổng đài)\s|\()24\/7(?![\d/])/giu,
    () => 'suốt ngày đêm, tất cả các ngày trong tuần',
  ],
  // Days, "từ 7–8/9" first.
  [
    new RegExp(`${notAHouse}(?:ngày\\s+)?${day}${to}${day}[/.-]${month}(?:[/.-]${year})?(?![\\d/])`, 'giu'),
    (_, from, until, of, in4) =>
      `ngày ${spokenDay(int(from))} đến ngày ${spokenDate(int(until), int(of), in4 ? int(in4) : undefined)}`,
  ],
  [
    new RegExp(`${notAHouse}(ngày\\s+|hôm\\s+)?${day}[/-]${month}(?:[/-]${year})?(?![\\d/])`, 'giu'),
    (_, before, on, of, in4) => `${before || 'ngày '}${spokenDate(int(on), int(of), in4 ? int(in4) : undefined)}`,
  ],
  [
    new RegExp(`ngày\\s+(?:mùng\\s+)?${day}\\s+tháng\\s+${month}(?:(\\s+năm\\s+)${year})?(?!\\d)`, 'giu'),
    (_, on, of, __, in4) => `ngày ${spokenDate(int(on), int(of), in4 ? int(in4) : undefined)}`,
  ],
  [
    new RegExp(`tháng\\s+${month}[/-]${year}`, 'giu'),
    (_, of, in4 = '') => `${spokenMonth(int(of))} năm ${numberInWords(in4)}`,
  ],
  [new RegExp(`tháng\\s+${month}(?![\\d/,.]\\d|\\d)`, 'giu'), (_, of) => spokenMonth(int(of))],
  [new RegExp(`ngày\\s+(?:mùng\\s+)?${day}(?![\\d/]|[.,]\\d)`, 'giu'), (_, on) => `ngày ${spokenDay(int(on))}`],
  // Figures with their units, single ones and ranges.
  [
    new RegExp(`${alone}(${figure})(\\s*${unit})?${to}(${figure})\\s*(${unit})(?![\\p{L}\\d])(/\\d+h)?`, 'gu'),
    (_, from = '', own, until = '', of = '', per) =>
      `${numberInWords(from)}${own ? ` ${units[own.trim()]}` : ''} đến ${numberInWords(until)} ${units[of]}${perHours(per)}`,
  ],
  [
    new RegExp(`${alone}(${figure})\\s*(${unit})(?![\\p{L}\\d])(/\\d+h)?`, 'gu'),
    (_, count = '', of = '', per) => `${numberInWords(count)} ${units[of]}${perHours(per)}`,
  ],
  // Hours.
  [
    new RegExp(
      `${alone}${clock}\\s*(?:giờ|h|g)\\s*${minutes}(?:\\s*phút|p(?![\\p{L}]))?(?!\\d)(?!\\s*[/–-]\\s*\\d)`,
      'giu',
    ),
    (_, at, past) => spokenHour(int(at), int(past)),
  ],
  [
    new RegExp(`${alone}${clock}\\s*(?:giờ|h|g)\\s*${minutes}(?:\\s*phút)?${to}(?=\\d)`, 'giu'),
    (_, at, past) => `${spokenHour(int(at), int(past))} đến `,
  ],
  [
    new RegExp(`${alone}${clock}:${minutes}${to}(?=\\d)`, 'gu'),
    (_, at, past) => `${spokenHour(int(at), int(past))} đến `,
  ],
  [new RegExp(`${alone}${clock}:${minutes}(?!\\d)`, 'gu'), (_, at, past) => spokenHour(int(at), int(past))],
  [new RegExp(`${alone}${clock}(?:\\s*giờ|h|g)${to}(?=\\d)`, 'giu'), (_, at) => `${spokenHour(int(at), 0)} đến `],
  [new RegExp(`${alone}${clock}(?:h|g)(?![\\p{L}\\d])`, 'giu'), (_, at) => spokenHour(int(at), 0)],
  [/báo động (?:cấp )?(III|II|IV|I|V)(?![\p{L}])/giu, (_, level = '') => `báo động ${roman[level.toUpperCase()]}`],
  [
    new RegExp(`(cấp\\s+)(\\d+)${to}(?:cấp\\s+)?(\\d+)(?![\\d/]|,\\d)`, 'giu'),
    (_, level, from = '', until = '') => `${level}${numberInWords(from)} đến cấp ${numberInWords(until)}`,
  ],
  [
    new RegExp(`${alone}(${figure})${to}(${figure})(?![\\d/])`, 'gu'),
    (_, from = '', until = '') => `${numberInWords(from)} đến ${numberInWords(until)}`,
  ],
  // House numbers and other figures joined by a slash.
  [/(\d)\s*\/\s*(?=\d)/g, (_, before) => `${before} trên `],
]

/** The last resort: no figure is left for the announcer to guess. */
const leftOver = new RegExp(figure, 'gu')
const thousands = /(?<![\d.])\d{1,3}(?:\.\d{3})+(?!\d|\.\d)/g
const besideLetters = /(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu

/** Superscript and subscript digits: "CO₂" is read "CO hai". */
const raised = /[⁰¹²³⁴-⁹₀-₉]/g
const figuresOf = (sign: string): string => sign.normalize('NFKC')

const perHours = (per: string | undefined): string => (per ? ` trong ${numberInWords(per.replace(/\D/g, ''))} giờ` : '')

/** A text as it is read out: every figure, sign and abbreviation in words, with nothing added and nothing left out. */
export function spoken(text: string): string {
  let words = text
    .normalize('NFC')
    .replace(/https?:\/\/(?:www\.)?/g, '')
    .replace(/(?<=[a-z\d])\.(?=(?:[a-z\d-]+\.)*(?:vn|gov|edu|com|org|net|info)(?![\p{L}\d]))/gu, ' chấm ')
    .replace(/v\.\s?v\.?/gi, 'vân vân')
    .replace(/&/g, ' và ')
    .replace(/(?<![\p{L}\d])ĐT(?=\s?\d{3}(?!\d))/gu, 'đường tỉnh ')
  for (const [short, long] of abbreviations) words = words.replace(short, long)
  for (const [pattern, say] of rules) words = words.replace(pattern, say as never)
  return words
    .replace(thousands, (each) => each.replaceAll('.', ''))
    .replace(/(?<=\d)\.(?=\d)/g, ' chấm ')
    .replace(raised, (sign) => ` ${figuresOf(sign)}`)
    .replace(besideLetters, ' ')
    .replace(leftOver, (each) => numberInWords(each))
    .replace(/%/g, ' phần trăm')
    .replace(/[“”"«»*_#]/g, '')
    .replace(/\s*[([]\s*/g, ', ')
    .replace(/\s*[)\]]/g, ',')
    .replace(/\s+[–—-]\s+|[–—]/g, ', ')
    .replace(/\s*\/\s*/g, ', ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;:!?])/g, '$1')
    .replace(/,(?:\s*,)+/g, ',')
    .replace(/,\s*([.;:!?])/g, '$1')
    .replace(/^[\s,]+|[\s,]+$/g, '')
}
