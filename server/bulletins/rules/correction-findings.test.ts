import { describe, expect, test } from 'vitest'
import { alertPanelOf, contentOf, textOf } from '#db/factories/bulletins.ts'
import { correctionFindings } from './correction-findings.ts'
import { untoldInEnglish } from './notices.ts'
import type { BulletinContent } from './schemas.ts'

const english = (summary: string) => ({ ...textOf('Bridge closed', 'Take another bridge.'), summary })
const published = contentOf('Cấm cầu Long Biên', {
  vi: textOf('Cấm cầu Long Biên', 'Cấm từ 20 giờ. Theo dỏi bản tin sau.'),
  en: english('Closed from 8 pm.'),
  alert: alertPanelOf(),
})
const vi = (...paragraphs: string[]) => ({ vi: textOf('Cấm cầu Long Biên', ...paragraphs) })
const later = vi('Cấm từ 18 giờ. Theo dỏi bản tin sau.')

describe('a correction made in Vietnamese and not in English', () => {
  test.each<[string, Partial<BulletinContent>, number]>([
    ['an hour in Vietnamese only', later, 1],
    ['an hour in both', { ...later, en: english('Closed from 6 pm.') }, 0],
    ['the title in Vietnamese only', { vi: { ...published.vi, title: 'Mở cầu Long Biên' } }, 1],
    ['the spelling of a word', vi('Cấm từ 20 giờ. Theo dõi bản tin sau.'), 0],
    ['a paragraph taken away in Vietnamese only', vi('Cấm từ 20 giờ.'), 1],
    ['English only', { en: english('Closed from 8 pm, all vehicles.') }, 0],
    ['English that is only set otherwise', { ...later, en: english('Closed  from 8 pm.') }, 1],
    ['a field that is no text', { severity: 'emergency' }, 0],
    ['English taken away', { ...later, en: null }, 0],
    ['the instruction of the alert in Vietnamese only', { alert: alertPanelOf({ instruction: 'Ở trong nhà.' }) }, 1],
    [
      'the instruction of the alert in both',
      { alert: alertPanelOf({ instruction: 'Ở trong nhà.', instructionEn: 'Stay indoors.' }) },
      0,
    ],
  ])('%s', (_, change, errors) => {
    const found = correctionFindings({ ...published, ...change }, published, ['Long Biên'])
    expect(found.map(({ code, level }) => [code, level])).toEqual(
      Array.from({ length: errors }, () => ['english_not_corrected', 'error']),
    )
  })

  test('only needs a look where personal data was removed from the Vietnamese alone', () => {
    const found = correctionFindings({ ...published, ...later }, published, [], 'personal_data')
    expect(found).toMatchObject([{ code: 'english_not_corrected', level: 'warning' }])
  })

  test('is not checked before anything is public, nor where there was no English', () => {
    expect(correctionFindings({ ...published, ...later }, null, [])).toEqual([])
    expect(correctionFindings({ ...published, ...later }, { ...published, en: null }, [])).toEqual([])
  })
})

test.each([
  ['correct', { note: 'Đổi giờ', noteEn: '' }, true, true],
  ['correct', { note: 'Đổi giờ', noteEn: ' ' }, true, true],
  ['correct', { note: 'Đổi giờ', noteEn: 'New hours' }, true, false],
  ['correct', { note: 'Đổi giờ', noteEn: '' }, false, false],
  ['correct', { note: '', noteEn: '' }, true, false],
  ['withdraw', { notice: 'Nhầm cầu', noticeEn: '' }, true, true],
  ['withdraw', { notice: 'Nhầm cầu', noticeEn: 'Wrong bridge' }, true, false],
  ['unpublish', { reason: 'Trùng' }, true, false],
] as const)('%s with %j, public English: %j', (move, input, hasEnglish, untold) => {
  expect(untoldInEnglish(move, input, hasEnglish)).toBe(untold)
})
