import { readFileSync } from 'node:fs'
import type { Scene } from './scenes.ts'
import { compileTemplate, render, type Template, type Words } from './templates.ts'
import type { Telling, Voices } from './voices.ts'
import { sentence, upperFirst, wardOf, wordsFor } from './words.ts'

type Lines = ReadonlyMap<string, readonly Template[]>

/**
 * The catalogue of phrases of staff and citizens: one block per voice, headed `== voice FAMILY`, one line per phrase.
 */
function readLines(): Lines {
  const text = readFileSync(new URL('./voices.txt', import.meta.url), 'utf8')
  return new Map(
    text
      .split(/^== /m)
      .slice(1)
      .map((block) => {
        const [head = '', ...lines] = block.trim().split('\n')
        return [head.trim(), lines.map((line) => compileTemplate(line.trim()))] as const
      }),
  )
}

/** Generates texts of agencies and citizens about the scene and the place of a report, at its hour. */
export function voicesFor(): Voices {
  const lines = readLines()
  const say = (telling: Telling, voice: string) => {
    const { random, scene } = telling
    const family = scene.categoryCode.slice(0, 2)
    const own = lines.get(`${voice} ${scene.categoryCode}`) ?? lines.get(`${voice} ${family}`)
    const common = isFieldWork(scene)
      ? [...(lines.get(voice) ?? []), ...(fieldWork.has(family) ? (lines.get(`${voice} works`) ?? []) : [])]
      : (lines.get(`${voice} desk`) ?? lines.get(voice) ?? [])
    // Phrases for this field are preferred; phrases that fit everywhere are the rest.
    const list = own && (common.length === 0 || random.chance(0.6)) ? own : common
    return upperFirst(render(random.pick(list), random, wordsOf(telling)))
  }
  return {
    answer: (telling) => {
      const confirmed = say(telling, 'confirm')
      const action = sentence(render(telling.random.pick(telling.scene.actions), telling.random, wordsOf(telling)))
      return {
        what: confirmed === '-' ? action : `${confirmed} ${action}`,
        where: isFieldWork(telling.scene) ? whereDone(telling) : say(telling, 'office'),
        when: say(doneBefore(telling), isPressing(telling) ? 'when urgent' : 'when'),
        next: telling.random.chance(0.88) ? say(telling, 'next') : '',
      }
    },
    outcome: (telling, outcome) => say(telling, `outcome ${outcome}`),
    rejection: (telling, reason) => say(telling, `reject ${reason}`),
    question: (telling) => say(telling, 'question'),
    reply: (telling) => say(telling, 'reply'),
    note: (telling) => say(telling, 'note'),
    remarks: (telling) => say(telling, 'remarks'),
    returnReason: (telling) => say(telling, 'return'),
    transferReason: (telling) => say(telling, 'transfer'),
    handOverReason: (telling) => say(telling, 'handover'),
    extensionReason: (telling) => say(telling, 'extension'),
    pauseReason: (telling) => say(telling, 'pause'),
    ratingWords: (telling, rating) =>
      telling.random.chance(rating === 'dissatisfied' ? 0.9 : 0.45) ? say(telling, `rating ${rating}`) : '',
    wishToReopen: (telling) => say(telling, 'reopen'),
  }
}

/** Categories with a place that are handled in an office, without a visit. */
const settledAtDesk = new Set(['KH-01', 'DD-02', 'XB-03', 'VT-02', 'TL-03'])

const isFieldWork = (scene: Scene): boolean => scene.isPlaced && !settledAtDesk.has(scene.categoryCode)

/** Category groups that need field work. */
const fieldWork = new Set(['GT', 'CX', 'TN', 'CS', 'DN', 'VT', 'TL', 'MT'])

const isPressing = ({ scene }: Telling): boolean => scene.isUrgent || scene.isStorm

const day = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
})
const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const dayMillis = 86_400_000

function wordsOf({ random, scene, place, moment, agency, at }: Telling): Words {
  const known = wordsFor(random, scene, place, moment)
  return (name) => {
    if (name === 'agency') return agency
    if (name === 'day') return day.format(at)
    if (name === 'half') return halfOf(at)
    if (name === 'clock') return clock.format(at)
    if (name === 'until') return day.format(new Date(at.getTime() + random.int(6, 40) * dayMillis))
    return known(name)
  }
}

/** The work was done a little before the answer was written, and never before an urgent report was received. */
function doneBefore(telling: Telling): Telling {
  const { random, at } = telling
  return { ...telling, at: new Date(at.getTime() - random.int(8, 40) * 60_000) }
}

function halfOf(at: Date): string {
  const hour = Number(clock.format(at).slice(0, 2))
  if (hour < 11) return 'sáng'
  if (hour < 13) return 'trưa'
  return hour < 18 ? 'chiều' : 'tối'
}

function whereDone({ random, place, moment }: Telling): string {
  const ward = wardOf(place, moment)
  const { address, road, quarter } = place
  const within = address.includes(quarter) ? ward : `${quarter}, ${ward}`
  return upperFirst(random.pick([`${address}, ${ward}`, `${address}, ${within}`, `tuyến ${road}, ${ward}`, address]))
}
