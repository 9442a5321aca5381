import { alignText } from './aligned-text.ts'
import { type Finding, type PersonalDataKind, personalDataKinds } from './finding.ts'
import { healthIn } from './health-of-persons.ts'
import { homesIn } from './homes-of-persons.ts'
import { namesIn } from './names-of-persons.ts'
import { numbersIn } from './numbers-of-persons.ts'

/** What stands in a copy instead. It says what was there and nothing of it. */
export const marks: Readonly<Record<PersonalDataKind, string>> = {
  mail: '[thư điện tử]',
  identity: '[số giấy tờ]',
  bank: '[số tài khoản]',
  phone: '[số điện thoại]',
  plate: '[biển số xe]',
  home: '[địa chỉ nhà riêng]',
  name: '[tên người]',
  health: '[sức khỏe]',
}

/** Personal data in a text as a citizen typed it, in the order of the text; the ranges do not overlap. */
export function findPersonalData(text: string): Finding[] {
  const { numbers, homes, names, health, typed } = dataIn(text)
  return typed([...numbers, ...homes, ...names, ...health])
}

/** Only addresses of homes, also one that holds a number by which the whole range is named otherwise. */
export function findHomes(text: string): Finding[] {
  const { homes, typed } = dataIn(text)
  return typed(homes)
}

function dataIn(text: string) {
  const aligned = alignText(text)
  const numbers = numbersIn(aligned)
  const names = namesIn(aligned, numbers)
  const homes = homesIn(aligned, [...numbers, ...names])
  const typed = (findings: Finding[]): Finding[] =>
    apart(findings).map(({ kind, start, end }) => ({ kind, ...aligned.typed(start, end) }))
  return { numbers, names, homes, health: healthIn(aligned), typed }
}

/** The text with a neutral mark in place of each range; the ranges are in order and do not overlap. */
export function maskText(text: string, findings: readonly Finding[]): string {
  let masked = ''
  let at = 0
  for (const { kind, start, end } of findings) {
    masked += text.slice(at, start) + marks[kind]
    at = end
  }
  return masked + text.slice(at)
}

/** Overlapping ranges become one: rather too much is hidden than a part shown. */
function apart(findings: Finding[]): Finding[] {
  const rank = ({ kind }: Finding) => personalDataKinds.indexOf(kind)
  const joined: Finding[] = []
  for (const finding of findings.toSorted((a, b) => a.start - b.start || rank(a) - rank(b))) {
    const last = joined.at(-1)
    if (!last || finding.start >= last.end) joined.push({ ...finding })
    else {
      if (rank(finding) < rank(last)) last.kind = finding.kind
      last.end = Math.max(last.end, finding.end)
    }
  }
  return joined
}
