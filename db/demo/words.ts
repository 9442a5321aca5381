import { localParts } from '#server/platform/rules/local-day.ts'
import { calledOf, drawIdentityNumber, drawPerson, drawPhone, drawPlate, emailOf, typedPhone } from './people.ts'
import type { Place } from './places.ts'
import type { Random } from './random.ts'
import type { Scene } from './scenes.ts'
import type { Words } from './templates.ts'

/** When a text was written, as far as its words depend on it. */
export type Moment = {
  hour: number
  day: number
  month: number
  /** Before July 2025 people wrote "quận", not the new ward. */
  hasDistricts: boolean
}

const districtsEnded = new Date('2025-07-01T00:00:00+07:00')

export function momentAt(at: Date): Moment {
  const local = localParts(at)
  return {
    hour: local.getUTCHours(),
    day: local.getUTCDate(),
    month: local.getUTCMonth() + 1,
    hasDistricts: at < districtsEnded,
  }
}

const sinceEarly = ['từ tối qua', 'từ đêm qua', 'từ hôm qua', '2 hôm nay', '3 ngày nay', 'mấy hôm nay', 'cả tuần nay']
const sinceLate = [
  'từ sáng nay',
  'từ sáng',
  'từ hôm qua',
  '2 hôm nay',
  '4 ngày nay',
  'mấy hôm nay',
  'gần tuần nay',
  'hơn tuần nay',
]
const longs = [
  'cả tháng nay',
  'hơn 2 tháng nay',
  'nửa năm nay',
  'từ đầu năm',
  '3 tháng rồi',
  'hơn tháng nay',
  'gần năm nay',
  'mấy tháng nay',
]
const buses = [
  '01',
  '02',
  '03A',
  '09',
  '16',
  '20A',
  '22A',
  '26',
  '27',
  '28',
  '31',
  '32',
  '34',
  '38',
  '49',
  '50',
  '57',
  '86',
  '103A',
  'BRT01',
  'E05',
]
const stations = [
  'Cát Linh',
  'La Thành',
  'Thái Hà',
  'Láng',
  'Thượng Đình',
  'Vành Đai 3',
  'Phùng Khoang',
  'Văn Quán',
  'Hà Đông',
  'La Khê',
  'Yên Nghĩa',
  'Nhổn',
  'Minh Khai',
  'Phú Diễn',
  'Cầu Diễn',
  'Lê Đức Thọ',
  'Chùa Hà',
  'Cầu Giấy',
]

/**
 * The words that a scene uses. Each is drawn once for a text, so that title and body name the same place and time.
 */
export function wordsFor(random: Random, scene: Scene, place: Place, moment: Moment, used?: Set<string>): Words {
  const drawn = new Map<string, string>()
  const draw = (name: string): string => {
    switch (name) {
      case 'spot':
        return spotOf(random, place)
      case 'ngo':
        return `${random.pick(place.commune.isRural ? ['ở', 'trong'] : ['trong', 'ở', 'cuối'])} ${place.alley}`
      case 'road':
        return place.road
      case 'alley':
        return place.alley
      case 'near':
        return place.landmark
      case 'school':
        return place.school
      case 'quarter':
        return place.quarter
      case 'address':
        return place.address
      case 'no':
        return place.houseNumber
      case 'ward':
        return wardOf(place, moment)
      case 'since':
        return random.pick(moment.hour < 10 ? sinceEarly : sinceLate)
      case 'long':
        return random.pick(longs)
      case 'moment':
        return momentOf(random, moment.hour, scene.isNight)
      case 'date':
        return earlierDate(random, moment)
      case 'toi':
        return random.weighted([
          ['tôi', 70],
          ['em', 14],
          ['chúng tôi', 7],
          ['mình', 6],
          ['cháu', 3],
        ])
      case 'name':
        return calledOf(random, drawPerson(random))
      case 'phone':
        return typedPhone(random, drawPhone(random))
      case 'mail':
        return emailOf(random, drawPerson(random))
      case 'identity':
        return drawIdentityNumber(random)
      case 'plate':
        return drawPlate(random)
      case 'bus':
        return random.pick(buses)
      case 'station':
        return random.pick(stations)
      default:
        throw new Error(`no word for {${name}} in scene ${scene.key}`)
    }
  }
  return (name) => {
    if (placeWords.has(name)) used?.add('place')
    const known = drawn.get(name)
    if (known !== undefined) return known
    const word = draw(name)
    drawn.set(name, word)
    return word
  }
}

const placeWords = new Set([
  'spot',
  'ngo',
  'road',
  'alley',
  'near',
  'school',
  'quarter',
  'address',
  'station',
  'bus',
  'ward',
])

function spotOf(random: Random, { commune, road, alley, landmark, school, quarter, houseNumber }: Place): string {
  if (commune.isRural) {
    return random.weighted([
      [`trên ${road}`, 3],
      [`đầu ${quarter}`, 3],
      [`gần ${landmark}`, 2],
      [`đoạn qua ${quarter}`, 3],
      [`trước ${school}`, 1],
      [`giữa ${quarter}`, 1],
    ])
  }
  return random.weighted([
    [`trước số ${houseNumber} ${road}`, 4],
    [`trên ${road}`, 3],
    [`đầu ${alley}`, 3],
    [`gần ${landmark}`, 2],
    [`đối diện ${houseNumber} ${road}`, 2],
    [`đoạn ${road} gần ${landmark}`, 1],
    [`cạnh ${school}`, 1],
    [`trong ${alley}`, 2],
  ])
}

/** Citizens named the district until it was abolished, and the new ward or commune since. */
export function wardOf({ commune }: Place, moment: Pick<Moment, 'hasDistricts'>): string {
  const name = moment.hasDistricts ? commune.oldDistrictName : commune.name
  return lowerFirst(name)
}

function momentOf(random: Random, hour: number, isNight: boolean): string {
  if (isNight || hour < 6) return random.pick(['đêm qua', 'tối qua', 'khoảng 23h đêm qua', '1h sáng nay'])
  if (hour < 11)
    return random.pick(['sáng nay', 'tối qua', 'vừa xong', 'chiều qua', `khoảng ${Math.max(6, hour - 1)}h sáng nay`])
  if (hour < 17) return random.pick(['sáng nay', 'trưa nay', 'vừa xong', 'tối qua', `lúc ${hour - 1}h`])
  return random.pick(['chiều nay', 'tối nay', 'vừa xong', 'sáng nay', `khoảng ${Math.min(21, hour - 1)}h`])
}

/** A date a few days ago, in the usual form 12/8. At the start of a month today's date is used instead. */
function earlierDate(random: Random, { day, month }: Moment): string {
  return day > 3 ? `${random.int(Math.max(1, day - 9), day - 1)}/${month}` : `${day}/${month}`
}

export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
export const sentence = (text: string): string => {
  const full = upperFirst(text.trim())
  return /[.!?…]$/.test(full) ? full : `${full}.`
}
