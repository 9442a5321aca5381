import { describe, expect, test } from 'vitest'
import { cityAreas } from '#db/demo/city.ts'
import type { AlertPanel } from './alert.ts'
import { proposedArea } from './named-areas.ts'
import { englishName } from './place-words.ts'
import type { BulletinContent, BulletinText } from './schemas.ts'
import { forecaster } from './template-words.ts'
import { wordedFindings } from './worded-findings.ts'

const areas = cityAreas().map(({ id, name, shortName }) => ({ id: id as number, name, shortName }))
const idOf = (name: string) => areas.find((area) => area.name === name)?.id as number
const text = (title: string, summary = ''): BulletinText => ({ title, summary, body: { type: 'doc', content: [] } })
const nowhere = text('Mưa to')
const proposed = (title: string) => proposedArea({ vi: text(title), en: null }, areas)
const namesOf = (title: string) => proposed(title)?.areaIds.map((id) => areas.find((area) => area.id === id)?.name)

describe('the area that words propose', () => {
  test('is every commune that they name, in either language', () => {
    for (const { id, name } of areas) {
      expect(proposed(`Ngập sâu tại ${name.toLowerCase().slice(0, 4)}${name.slice(4)}, nước chưa rút`)).toEqual({
        areaIds: [id],
        wholeCity: false,
      })
      const english = text(`Deep water in ${englishName(name)} tonight`)
      expect(proposedArea({ vi: nowhere, en: english }, areas)?.areaIds).toContain(id)
    }
  })

  test.each([
    ['after its kind, in small letters', 'Ngập ở phường cửa nam', ['Phường Cửa Nam']],
    ['in a row', 'Ngập tại các phường Cửa Nam, Láng và Bồ Đề', ['Phường Cửa Nam', 'Phường Bồ Đề', 'Phường Láng']],
    ['by its bare name, after "tại"', 'Ngập sâu tại Cửa Nam', ['Phường Cửa Nam']],
    ['not as a bridge', 'Cấm cầu Long Biên', undefined],
    ['not as a former district', 'Ngập ở quận Hoàng Mai', undefined],
    ['not as the beginning of another name', 'Ngập tại Láng Hạ', undefined],
    ['not as another word', 'Ngập ở làng nghề', undefined],
  ])('%s', (_, title, names) => {
    expect(namesOf(title)?.sort()).toEqual(names?.sort())
  })

  test.each([
    ['Mưa to trên toàn thành phố', true],
    ['Mưa to tại Hà Nội', true],
    ['Thông báo của Ủy ban nhân dân thành phố Hà Nội', false],
  ])('is the whole city where they say so: %s', (title, isCity) => {
    expect(proposed(title)).toEqual(isCity ? { areaIds: [], wholeCity: true } : null)
  })
})

const alert: AlertPanel = {
  event: 'Ngập',
  eventEn: 'Flood',
  category: 'Met',
  response: 'Avoid',
  urgency: 'Immediate',
  severity: 'Severe',
  certainty: 'Observed',
  onset: null,
  expires: null,
  instruction: '',
  instructionEn: '',
}
const [cuaNam, lang] = [idOf('Phường Cửa Nam'), idOf('Phường Láng')]

function findings(more: Partial<BulletinContent>, streetAreas: readonly number[] = []) {
  const content: BulletinContent = {
    kind: 'warning',
    severity: 'warning',
    audience: ['everyone'],
    areaIds: [cuaNam],
    validFrom: null,
    validTo: null,
    source: 'Sở Xây dựng',
    contact: '1022',
    vi: text('Ngập sâu phường Cửa Nam', 'Nước đang lên.'),
    en: null,
    alert,
    ...more,
  }
  return wordedFindings(content, { areas, streetAreas }).map(({ code, level, words }) => [level, code, words])
}

describe('fields and words', () => {
  test.each<[string, Partial<BulletinContent>, [string, string, string][]]>([
    ['agree', {}, []],
    ['no area', { areaIds: [] }, [['error', 'area_missing', '']]],
    ['communes and city', { wholeCity: true }, [['error', 'area_contradictory', '']]],
    [
      'one commune named, the whole city chosen',
      { areaIds: [], wholeCity: true },
      [['warning', 'area_wider_than_text', 'Phường Cửa Nam']],
    ],
    [
      'one commune named, two chosen',
      { areaIds: [cuaNam, lang] },
      [['warning', 'area_wider_than_text', 'Phường Cửa Nam']],
    ],
    ['another commune chosen', { areaIds: [lang] }, [['warning', 'area_other_than_text', 'Phường Cửa Nam']]],
    ['the whole city named and chosen', { areaIds: [], wholeCity: true, vi: text('Mưa to toàn thành phố') }, []],
    ['no place named', { areaIds: [], wholeCity: true, vi: text('Mưa to') }, []],
    ['the source of the template', { source: forecaster }, [['warning', 'source_of_template', forecaster]]],
    [
      'the source of the template, which the text names',
      { source: forecaster, vi: text('Ngập sâu phường Cửa Nam', `Theo ${forecaster}, nước đang lên.`) },
      [],
    ],
  ])('%s', (_, more, expected) => {
    expect(findings(more)).toEqual(expected)
  })

  test.each<[string, Partial<BulletinContent>, [string, string, string][]]>([
    [
      'the whole city',
      { areaIds: [], wholeCity: true },
      [['warning', 'area_wider_than_text', 'Phường Cửa Nam, Phường Láng']],
    ],
    [
      'elsewhere',
      { areaIds: [idOf('Phường Bồ Đề')] },
      [['warning', 'area_other_than_text', 'Phường Cửa Nam, Phường Láng']],
    ],
    ['one of its communes', { areaIds: [lang] }, []],
    [
      'the whole city, of which the text only speaks',
      { areaIds: [], wholeCity: true, vi: text('Ngập sâu phố Hoa Lâm', 'Mưa to trên toàn thành phố.') },
      [['warning', 'area_wider_than_text', 'Phường Cửa Nam, Phường Láng']],
    ],
  ])('only a street named that runs through two communes: %s', (_, more, expected) => {
    expect(findings({ vi: text('Ngập sâu phố Hoa Lâm'), ...more }, [cuaNam, lang])).toEqual(expected)
  })

  test.each<[string, Partial<AlertPanel>, string | null]>([
    ['Đường có thể ngập', { certainty: 'Observed' }, 'alert_certainty_words'],
    ['Dự báo mưa to', { certainty: 'Observed' }, 'alert_certainty_words'],
    ['Đường có thể ngập', { certainty: 'Possible' }, null],
    ['Nước đang lên', { certainty: 'Possible' }, 'alert_certainty_words'],
    ['Nước đang lên, có thể ngập', { certainty: 'Likely' }, null],
    ['Sơ tán ngay', { urgency: 'Future' }, 'alert_urgency_words'],
    ['Nước đang lên', { urgency: 'Expected' }, 'alert_urgency_words'],
    ['Cấm cầu từ ngày mai', { urgency: 'Immediate' }, 'alert_urgency_words'],
    ['Cấm cầu từ ngày mai', { urgency: 'Future' }, null],
    ['Nước đã rút', { urgency: 'Past' }, null],
    ['Hiệu lực trong ngày này', { urgency: 'Future' }, null],
  ])('of an alert: %s (%o)', (title, panel, code) => {
    expect(findings({ vi: text(title), alert: { ...alert, ...panel } }).map(([, each]) => each)).toEqual(
      code ? [code] : [],
    )
  })
})
