import { isoInHanoi, localDayOf } from '#server/platform/rules/local-day.ts'
import { fold, normalise } from '#server/platform/rules/text.ts'

export type Language = 'vi' | 'en'

/** Above this number a title counts the communes, and the text lists them: four wards are not the city. */
export const mostNamed = 3

/** "phường Cửa Nam, xã Sóc Sơn" within a sentence, "4 phường, xã" where they are many; none named: the whole city. */
export function areasInWords(names: readonly string[], language: Language): string {
  if (names.length === 0) return language === 'vi' ? 'thành phố Hà Nội' : 'Hanoi'
  return names.length > mostNamed ? countedAreas(names, language) : listedAreas(names, language)
}

export const listedAreas = (names: readonly string[], language: Language): string =>
  names.map((name) => (language === 'vi' ? lowered(name) : englishName(name))).join(', ')

function countedAreas(names: readonly string[], language: Language): string {
  const wards = names.filter((name) => normalise(name).startsWith('Phường')).length
  const communes = names.filter((name) => normalise(name).startsWith('Xã')).length
  const [ward, commune, both, other] =
    language === 'vi' ? ['phường', 'xã', 'phường, xã', 'địa bàn'] : ['wards', 'communes', 'wards and communes', 'areas']
  if (wards + communes < names.length) return `${names.length} ${other}`
  return `${names.length} ${communes === 0 ? ward : wards === 0 ? commune : both}`
}

/** "và 123 phường, xã khác": those that a list had no room for. */
export function placesBeyond(names: readonly string[], language: Language): string {
  if (language === 'vi') return `và ${countedAreas(names, language)} khác`
  return `and ${names.length} other ${names.length === 1 ? 'place' : 'places'}`
}

const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** "Phường Cửa Nam" is "Cua Nam Ward" to those who read English. */
export function englishName(name: string): string {
  const [, kind, rest] = /^(Phường|Xã|Thị trấn) (.+)$/.exec(normalise(name)) ?? []
  const plain = (rest ?? name)
    .split(' ')
    .map((word) => {
      const folded = fold(word)
      return folded.charAt(0).toUpperCase() + folded.slice(1)
    })
    .join(' ')
  return kind ? `${plain} ${kind === 'Phường' ? 'Ward' : 'Commune'}` : plain
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** On Hanoi's clocks: "20 giờ 00 ngày 07/9/2024" as offices write it, "20:00 on 7 September 2024" in English. */
export function momentInWords(at: Date, language: Language): string {
  const [year, month, day] = localDayOf(at).split('-').map(Number) as [number, number, number]
  if (language === 'en') return `${isoInHanoi(at).slice(11, 16)} on ${day} ${months[month - 1]} ${year}`
  return `${hourInWords(at)} ngày ${dayInWords(at)}`
}

/** "20 giờ 00". */
export function hourInWords(at: Date): string {
  const [hour, minute] = isoInHanoi(at).slice(11, 16).split(':') as [string, string]
  return `${Number(hour)} giờ ${minute}`
}

/** "07/9/2024": a leading zero for days, and for the first two months only. */
export function dayInWords(at: Date): string {
  const [year, month, day] = localDayOf(at).split('-') as [string, string, string]
  return `${day}/${Number(month) < 3 ? month : Number(month)}/${year}`
}
