import { fold } from '#server/platform/rules/text.ts'
import { type Random, WeightedTable } from './random.ts'

/** Weights roughly as in the north of the country. */
const familyNames = new WeightedTable<string>([
  ['Nguyễn', 33],
  ['Trần', 11],
  ['Lê', 9],
  ['Phạm', 8],
  ['Hoàng', 5],
  ['Vũ', 6],
  ['Đỗ', 5],
  ['Bùi', 4],
  ['Đặng', 3],
  ['Ngô', 3],
  ['Dương', 2],
  ['Đinh', 2],
  ['Đào', 2],
  ['Phan', 2],
  ['Trịnh', 2],
  ['Lương', 1],
  ['Mai', 1],
  ['Tạ', 1],
  ['Chu', 1],
  ['Phùng', 1],
  ['Khuất', 0.5],
  ['Kiều', 0.5],
  ['Cấn', 0.4],
  ['Tống', 0.4],
])

const womenMiddle = [
  'Thị',
  'Thị',
  'Thị',
  'Thu',
  'Ngọc',
  'Thanh',
  'Phương',
  'Minh',
  'Hồng',
  'Thị Thu',
  'Thị Ngọc',
  'Thùy',
  'Bích',
  'Diệu',
]
const womenGiven =
  'Hương Lan Hạnh Hoa Mai Thủy Hằng Nga Linh Trang Thảo Yến Hà Phương Oanh Dung Huệ Nhung Loan Tâm Vân Ngân Quỳnh Hiền Thu Xuân Liên Minh Châm Thoa Hòa Bình Anh Chi Ly Giang Nguyệt Ánh Duyên Mơ Tuyết Lý Nhàn Bích Hường Tươi Thơm'.split(
    ' ',
  )
const menMiddle = [
  'Văn',
  'Văn',
  'Văn',
  'Đức',
  'Quang',
  'Minh',
  'Hữu',
  'Đình',
  'Xuân',
  'Ngọc',
  'Tuấn',
  'Thành',
  'Anh',
  'Công',
  'Trọng',
  'Duy',
  'Hoàng',
  'Bá',
  'Mạnh',
]
const menGiven =
  'Hùng Dũng Tuấn Cường Sơn Hải Minh Nam Thắng Long Quân Đức Trung Kiên Bình Thành Hòa Tùng Việt Phong Khánh Tiến Hiếu Toàn Lâm Quyết Chiến Thịnh Vinh Huy Khoa Bách Giang Tú Đạt Hưng Phúc Lộc Đông Bắc Tân Chính Nghĩa Thọ Quý Luân Điệp Khôi Thái Ngọc'.split(
    ' ',
  )

export type Person = { name: string; given: string; isWoman: boolean }

export function drawPerson(random: Random): Person {
  const isWoman = random.chance(0.52)
  const given = random.pick(isWoman ? womenGiven : menGiven)
  const middle = random.pick(isWoman ? womenMiddle : menMiddle)
  return {
    name: `${familyNames.draw(random)} ${middle === given ? (isWoman ? 'Thị' : 'Văn') : middle} ${given}`,
    given,
    isWoman,
  }
}

/** A mobile number that no one has: the prefix 095 is not assigned to any operator. */
export const drawPhone = (random: Random): string => `095${random.digits(7)}`

/** The same number as people type it. */
export function typedPhone(random: Random, phone: string): string {
  const [head, middle, tail] = [phone.slice(0, 4), phone.slice(4, 7), phone.slice(7)]
  return random.weighted([
    [phone, 5],
    [`${head} ${middle} ${tail}`, 3],
    [`${head}.${middle}.${tail}`, 2],
    [`+84${phone.slice(1)}`, 1],
  ])
}

export function emailOf(random: Random, person: Person): string {
  const words = fold(person.name).split(' ')
  const given = words.at(-1) ?? 'a'
  const initials = words
    .slice(0, -1)
    .map((word) => word[0])
    .join('')
  return `${given}${random.pick(['.', '', '_'])}${initials}${random.int(1, 99)}@example.com`
}

/** An identity number that cannot exist: its century digit is impossible, as in the sample reports. */
export const drawIdentityNumber = (random: Random): string => `001999${random.digits(6)}`

export const drawPlate = (random: Random): string =>
  `${random.pick(['29', '30', '31', '33', '99'])}${random.pick([...'ABCDEFGHK'])}-000.0${random.int(1, 9)}`

/** How a text refers to a citizen: "chị Hạnh", "bác Sơn". */
export function calledOf(random: Random, person: Person): string {
  const word = person.isWoman ? random.pick(['chị', 'cô', 'bà', 'em']) : random.pick(['anh', 'chú', 'ông', 'bác'])
  return `${word} ${person.given}`
}

type Post = { agencyKind: string; officer: string[]; approver: string[] }
const posts: Post[] = [
  {
    agencyKind: 'ubnd_xa',
    officer: [
      'Chuyên viên Phòng Kinh tế, Hạ tầng và Đô thị',
      'Chuyên viên Văn phòng HĐND và UBND',
      'Cán bộ địa chính - xây dựng',
      'Chuyên viên Phòng Văn hóa - Xã hội',
      'Cán bộ Trung tâm Phục vụ hành chính công',
    ],
    approver: ['Phó Chủ tịch UBND', 'Chủ tịch UBND'],
  },
  {
    agencyKind: 'ubnd_huyen',
    officer: [
      'Chuyên viên Phòng Quản lý đô thị',
      'Chuyên viên Văn phòng HĐND và UBND',
      'Chuyên viên Phòng Tài nguyên và Môi trường',
    ],
    approver: ['Phó Chủ tịch UBND', 'Chánh Văn phòng'],
  },
  {
    agencyKind: 'so',
    officer: ['Chuyên viên', 'Chuyên viên chính', 'Chuyên viên Thanh tra'],
    approver: ['Phó Giám đốc', 'Trưởng phòng', 'Chánh Văn phòng'],
  },
  { agencyKind: 'cong_an', officer: ['Cán bộ', 'Trợ lý tổng hợp'], approver: ['Phó Trưởng phòng', 'Đội trưởng'] },
  {
    agencyKind: '',
    officer: ['Kỹ sư điều hành', 'Nhân viên trực điều hành', 'Tổ trưởng hiện trường', 'Chuyên viên Phòng Kỹ thuật'],
    approver: ['Phó Giám đốc', 'Trưởng phòng Kỹ thuật', 'Giám đốc xí nghiệp'],
  },
]

export function drawPosition(random: Random, agencyKind: string, role: 'officer' | 'approver'): string {
  const post = posts.find((candidate) => candidate.agencyKind === agencyKind) ?? (posts.at(-1) as Post)
  return random.pick(post[role])
}
